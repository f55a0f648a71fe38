/** What a replica of a simulation needs of the run around it, and the ways in which its host may be wrong. */
import type { Membership, OutgoingMessage, Ready } from '../../consensus/raft-group.js';
import type { Random } from './random.js';
import type { Rates } from './rates.js';
import type { State } from './state.js';

/** Nodes of a run. A member id is the node's number, and more by `GENERATION` each time the node is admitted anew. */
export const NODES = [1, 2, 3, 4, 5] as const;
export const GENERATION = 10;

export function nodeOf(member: number): number {
  return member % GENERATION;
}

export const FOUNDERS: Membership = {
  voters: [1, 2, 3],
  learners: [],
  votersOutgoing: [],
  learnersNext: [],
  autoLeave: false,
};

/**
 * Wrong hosts: the vote, or the newest acknowledged entries, are gone after a restart; answers leave, or are counted, before the
 * write; a node with an erased disk goes on as the member that it was.
 */
export const HOST_BUGS = [
  'forgets-vote',
  'forgets-entries',
  'answers-before-write',
  'reports-before-write',
  'keeps-identity',
] as const;
export type HostBug = (typeof HOST_BUGS)[number];

/** What a replica needs of the run around it. */
export interface Surroundings {
  readonly random: Random;
  readonly rates: Rates;
  readonly now: number;
  readonly bug: HostBug | undefined;
  /** Makes payloads different from each other. */
  readonly counts: { proposals: number };
  /** Member id that the node's replica has, or would be admitted under while its disk is gone. */
  memberOf(node: number, group: number): number;
  /** Members of a group whose disks are gone. */
  erased(group: number): readonly number[];
  send(from: number, group: number, message: OutgoingMessage, state: State | undefined): void;
  crashSoon(node: number): void;
  record(node: number, group: number, ready: Ready): void;
}
