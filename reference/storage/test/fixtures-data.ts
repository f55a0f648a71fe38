/** Made-up log entries and positions that can be recognised, for tests and for the processes that tests start. */
import { createHash } from 'node:crypto';
import type { HardState, LogEntry, Membership, SnapshotPoint } from '../../consensus/raft-group.js';
import type { AppliedPosition } from '../state-store.js';

export const CLUSTER = 'cluster-a';
export const NODE = 'om1';

/** An entry whose data follow from group, index and term, so that a reader can tell whether it is the right one. */
export function madeEntry(group: string, index: number, term = 1, bytes = 100): LogEntry {
  const data = new Uint8Array(bytes);
  const seed = createHash('sha256').update(`${group} ${index} ${term}`).digest();
  for (let at = 0; at < bytes; at++) data[at] = (seed[at % seed.length] ?? 0) ^ (at >> 5);
  return { index, term, type: 0, data };
}

export function madeEntries(group: string, from: number, to: number, term = 1, bytes = 100): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, at) => madeEntry(group, from + at, term, bytes));
}

export function hardState(term: number, commit: number, vote = 1): HardState {
  return { term, vote, commit };
}

export const MEMBERSHIP: Membership = {
  voters: [1, 2, 3],
  learners: [],
  votersOutgoing: [],
  learnersNext: [],
  autoLeave: false,
};

export function point(index: number, term = 1): SnapshotPoint {
  return { index, term, membership: MEMBERSHIP };
}

/** Entries with their data as plain arrays of bytes, so that comparisons ignore which buffer class holds them. */
export function comparable(entries: readonly LogEntry[]): object[] {
  return entries.map(({ index, term, type, data }) => ({ index, term, type, data: Buffer.from(data).toString('hex') }));
}

/** A position whose parts follow from the index. */
export function position(index: number): AppliedPosition {
  const digest = createHash('sha256').update(`digest ${index}`).digest();
  return { index, term: 1, managedIndex: BigInt(index) * 2n, digest, membership: MEMBERSHIP };
}
