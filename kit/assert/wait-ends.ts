/** Observables: how the wait of reads ends (FR-QUEUE-1, FR-QUEUE-5, FR-QUEUE-10). */
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

/** Assertion `ended-for-now`: every call ended in a way that invites to ask again: a refusal, or a connection that went away. */
export function assertEndedForNow(reads: readonly Outcome[]): void {
  if (reads.length === 0) throw new Error('no read to judge');
  const wrong = reads.find((read) => !isRetryable(read) || (read.kind === 'unanswered' && read.why !== 'unavailable'));
  if (wrong === undefined) return;
  throw failure('ended-for-now', 'UNAVAILABLE, or a refusal that invites to ask again', describe(wrong), [wrong]);
}
