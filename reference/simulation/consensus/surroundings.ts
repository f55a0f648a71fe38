/** What a replica of a simulation needs of the run around it, and the ways in which its host may be wrong. */
import type { Membership, OutgoingMessage, Ready } from '../../consensus/raft-group.js';
import type { Random } from './random.js';
import type { Rates } from './rates.js';
import type { State } from './state.js';

export const FOUNDERS: Membership = {
  voters: [1, 2, 3],
  learners: [],
  votersOutgoing: [],
  learnersNext: [],
  autoLeave: false,
};

/** Wrong hosts: the vote, or the newest acknowledged entries, are gone after a restart; answers leave, or are counted, before the write. */
export const HOST_BUGS = ['forgets-vote', 'forgets-entries', 'answers-before-write', 'reports-before-write'] as const;
export type HostBug = (typeof HOST_BUGS)[number];

/** What a replica needs of the run around it. */
export interface Surroundings {
  readonly random: Random;
  readonly rates: Rates;
  readonly now: number;
  readonly bug: HostBug | undefined;
  /** Makes payloads different from each other. */
  readonly counts: { proposals: number };
  send(from: number, group: number, message: OutgoingMessage, state: State | undefined): void;
  crashSoon(node: number): void;
  record(node: number, group: number, ready: Ready): void;
}
