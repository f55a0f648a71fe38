/** Observables: what a node counts of the reads that wait (FR-QUEUE-3, FR-QUEUE-7, FR-QUEUE-8). */
import { failure } from './found.js';

/** By how much a counter grew, in the words of the features. */
export interface Grown {
  readonly node: string;
  readonly what: string;
  readonly grown: bigint;
}

/** Assertion `counted`: exactly so many. */
export function assertCounted({ node, what, grown }: Grown, expected: bigint): void {
  if (grown === expected) return;
  throw failure('counted', `${expected} ${what} counted by ${node}`, `${grown}`, []);
}

/** Assertion `waiting-count`: the node says that exactly so many reads wait. */
export function assertWaiting(node: string, waiting: bigint, expected: bigint): void {
  if (waiting === expected) return;
  throw failure('waiting-count', `${expected} waiting reads at ${node}`, `${waiting}`, []);
}
