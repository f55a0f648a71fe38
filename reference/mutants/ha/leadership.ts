/** Followers that do not know their place (HA-1, HA-2, HA-3). */
import type { Mutant } from '../mutant.js';

const WRITE_PATH = 'reference/node/write-path.ts';
const REFUSED = `if (refusal !== undefined) {
      refuse(call, refusal, true);`;
/** What a write would do, planned where nobody may plan it. */
const PLANNED = `command.plan(view.state, call.request, {
          managedIndex: 1n, objectId: 256n, nowMs: view.clock.wallMs(), user: call.user,
        })`;

export const LEADERSHIP: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ha-1-everybody-accepts',
    wrong: 'A follower answers a write as the leader would, and forgets it.',
    breaks: { 'HA-1': 'one-leader' },
    file: WRITE_PATH,
    search: REFUSED,
    replace: `if (refusal !== undefined) {
      if (refusal.kind === 'not-leader') {
        call.reply({ kind: 'answer', answer: ${PLANNED}.answer });
        return;
      }
      refuse(call, refusal, true);`,
  },
  {
    kind: 'patch',
    id: 'ha-2-validated-before-refused',
    wrong: 'A follower looks whether a write is valid before it says that it does not lead.',
    breaks: { 'HA-2': 'refusal-class' },
    file: WRITE_PATH,
    search: REFUSED,
    replace: `if (refusal !== undefined) {
      const invalid = command.validate?.(call.request);
      if (invalid === undefined) refuse(call, refusal, true);
      else call.reply({ kind: 'answer', answer: invalid });`,
  },
  {
    kind: 'policy',
    id: 'ha-2-follower-not-ready',
    wrong: 'A follower says that it leads and is not ready yet.',
    breaks: { 'HA-2': 'refusal-class' },
    parts: (right) => ({
      ...right,
      admitWrite: (view, ready) => (right.admitWrite(view, ready) === 'admit' ? 'admit' : 'leader-not-ready'),
    }),
  },
  {
    kind: 'patch',
    id: 'ha-2-refused-and-done',
    wrong: 'A follower refuses a write and carries it out in its own state.',
    breaks: { 'HA-2': 'nowhere' },
    file: WRITE_PATH,
    search: REFUSED,
    replace: `if (refusal !== undefined) {
      if (refusal.kind === 'not-leader') {
        const { operations } = ${PLANNED};
        view.state.transact((transaction) => {
          for (const { kind, table, key, value } of operations) {
            if (kind === 'put') transaction.put(table, key, value);
            if (kind === 'delete') transaction.delete(table, key);
          }
          return view.position;
        });
      }
      refuse(call, refusal, true);`,
  },
  {
    kind: 'policy',
    id: 'ha-3-suggests-itself',
    wrong: 'A follower suggests itself as the leader.',
    breaks: { 'HA-3': 'suggested-leader' },
    parts: (right) => ({ ...right, suggestLeader: (self) => self }),
  },
];
