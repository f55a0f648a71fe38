/** Observable: how soon followers of a cluster where nothing else happens show a single write (FR-GUAR-6). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { volumeIn } from './volume-read.js';

/** A write, and reads with its id that were sent to the followers as soon as it was acknowledged. */
export interface IdleWrite {
  readonly owner: string;
  readonly reads: readonly Outcome[];
  /** From the acknowledgement to the last of the answers. */
  readonly tookMs: number;
}

/** Assertion `idle-follower-shows`: each follower answered every read, and shows the write before it. */
export function assertIdleShown(writes: readonly IdleWrite[]): void {
  if (writes.length === 0) throw new Error('no write to judge');
  for (const { owner, reads } of writes) {
    for (const read of reads) {
      const found = volumeIn(read)?.ownerName;
      if (found === owner) continue;
      const shown = found === undefined ? describe(read) : `owner ${show(found)} on ${read.node}`;
      throw failure('idle-follower-shows', `owner ${show(owner)}, without a further write`, shown, [read]);
    }
  }
}

/** The time within which half of the writes were shown. */
export function medianMs(writes: readonly IdleWrite[]): number {
  const times = writes.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Assertion `idle-follower-in-time`: half of the writes at least were shown within this time; one late timer is the machine's business. */
export function assertIdleInTime(writes: readonly IdleWrite[], withinMs: number): void {
  const took = medianMs(writes);
  if (took <= withinMs) return;
  const expected = `a write that followers show within ${Math.round(withinMs)} ms, mostly`;
  throw failure(
    'idle-follower-in-time',
    expected,
    `${Math.round(took)} ms`,
    writes.flatMap(({ reads }) => reads).slice(-1),
  );
}
