/** Observables: how the wait of reads ends (FR-QUEUE-1, FR-QUEUE-3, FR-QUEUE-5, FR-QUEUE-10). */
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { covers, type StateVector, vectorText } from '../wire/state-vector.js';
import { describe, failure } from './found.js';
import { lateOne, tookMs } from './lateness.js';
import { idIn } from './state-id.js';

/** Assertion `at-or-above`: every read was answered, from a state that its node says is no older than the id it was asked with. */
export function assertAtOrAbove(reads: readonly Outcome[], id: StateVector): void {
  if (reads.length === 0) throw new Error('no read to judge');
  for (const read of reads) {
    const expected = `an answer from ${vectorText(id)} or later`;
    if (read.kind !== 'answered') throw failure('at-or-above', expected, describe(read), [read]);
    const shown = idIn(read);
    if (!covers(shown, id)) throw failure('at-or-above', expected, `one from ${vectorText(shown)}`, [read]);
  }
}

/** Assertion `wait-bounded`: no call took longer than the time that a read may wait, and the way there and back. */
export function assertWaitBounded(reads: readonly Outcome[], timeoutMs: number): void {
  if (reads.length === 0) throw new Error('no read to judge');
  const late = lateOne(reads, timeoutMs);
  if (late === undefined) return;
  const found = `${describe(late)}, after ${Math.round(tookMs(late))} ms`;
  throw failure('wait-bounded', `the end of a wait within ${timeoutMs} ms`, found, [late]);
}

export interface Release {
  /** From the node's return to the first and to the last answer; negative: on its way already. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export function releaseOf(reads: readonly Outcome[], backAtMs: number): Release {
  const ends = reads.map(({ endedAtMs }) => endedAtMs - backAtMs);
  return { firstMs: Math.min(...ends), lastMs: Math.max(...ends) };
}

/** Assertion `released-in-time`: the first answer came within this time, and the last within that. */
export function assertReleased({ firstMs, lastMs }: Release, within: Release): void {
  if (firstMs <= within.firstMs && lastMs <= within.lastMs) return;
  const words = (release: Release) => `the first after ${ms(release.firstMs)}, the last after ${ms(release.lastMs)}`;
  throw failure('released-in-time', words(within), words({ firstMs, lastMs }), []);
}

/** Assertion `ended-for-now`: every call ended in a way that invites to ask again: a refusal, or a connection that went away. */
export function assertEndedForNow(reads: readonly Outcome[]): void {
  if (reads.length === 0) throw new Error('no read to judge');
  const wrong = reads.find((read) => !isRetryable(read) || (read.kind === 'unanswered' && read.why !== 'unavailable'));
  if (wrong === undefined) return;
  throw failure('ended-for-now', 'UNAVAILABLE, or a refusal that invites to ask again', describe(wrong), [wrong]);
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
