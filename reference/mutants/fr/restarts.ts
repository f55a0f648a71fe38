/** Nodes that say more after a restart than they can serve (FR-STATE-8). Each node is a process: it has to be ended. */
import type { Mutant } from '../mutant.js';
import { TOLD } from './told-ids.js';

const RUNTIME = 'reference/node/runtime.ts';

export const RESTARTS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-state-8-its-log-until-it-is-led',
    wrong: 'A node that has heard of no leader yet tells the end of its log, which nobody may ever commit.',
    breaks: { 'FR-STATE-8': 'id-covers' },
    processes: true,
    file: RUNTIME,
    search: TOLD,
    replace: `const index =
      replica.notServing() === undefined ? replica.parts.stateIndex(replica) : replica.raft.position().lastIndex;
    return new Map([[replica.group, BigInt(index)]]);`,
  },
  {
    kind: 'patch',
    id: 'fr-state-8-what-its-log-held-is-applied',
    wrong: 'A node takes what its log held when it started for applied.',
    breaks: { 'FR-STATE-8': 'id-covers' },
    processes: true,
    file: RUNTIME,
    search: TOLD,
    replace: `const own = globalThis as { held?: number };
    own.held ??= replica.raft.position().lastIndex;
    return new Map([[replica.group, BigInt(Math.max(own.held, replica.parts.stateIndex(replica)))]]);`,
  },
];
