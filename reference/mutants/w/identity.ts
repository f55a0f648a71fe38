/** Nodes that believe too much, or too little, of who acts (W-10). */
import type { Mutant } from '../mutant.js';

const ACTING_USER = 'reference/service/acting-user.ts';
const RIGHT = 'return named && caller.hostname && caller.ip ? named : processUser;';

export const IDENTITY: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'w-10-user-without-an-address',
    wrong: 'The user of a request acts, wherever he is.',
    breaks: { 'W-10': 'user-rights' },
    file: ACTING_USER,
    search: RIGHT,
    replace: 'return named || processUser;',
  },
  {
    kind: 'patch',
    id: 'w-10-one-header-will-do',
    wrong: 'The user of a request acts when one of the address headers came with it.',
    breaks: { 'W-10': 'user-rights' },
    file: ACTING_USER,
    search: RIGHT,
    replace: 'return named && (caller.hostname || caller.ip) ? named : processUser;',
  },
  {
    kind: 'patch',
    id: 'w-10-only-the-server-acts',
    wrong: 'The user of the server acts in every write.',
    breaks: { 'W-10': 'user-rights' },
    file: ACTING_USER,
    search: RIGHT,
    replace: 'return processUser;',
  },
];
