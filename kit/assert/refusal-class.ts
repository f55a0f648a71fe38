/** Observable: why a node refused, by the class that its refusal names (wire-binding.md §1). */
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { describe, failure } from './found.js';
import { lateOne, tookMs } from './lateness.js';
import { needCalls } from './to-judge.js';

/** Assertion `refusal-class`: every outcome is a refusal of this class; `className` is its simple name. */
export function assertRefusedWith(outcomes: readonly Outcome[], className: string): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused' && outcome.className === className) continue;
    throw failure('refusal-class', `a refusal with ${className}`, describe(outcome), [outcome]);
  }
}

/**
 * Assertion `refused-for-now`: every call was refused in a way that invites to ask again, so that nothing old was shown and nobody
 * waits for ever (RC-3).
 */
export function assertRefusedForNow(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  const wrong = outcomes.find((outcome) => outcome.kind !== 'refused' || !isRetryable(outcome));
  if (wrong === undefined) return;
  throw failure('refused-for-now', 'a refusal that invites to ask again', describe(wrong), [wrong]);
}

/** Assertion `refused-in-time`: no call took longer than the read time-out that is in force, and the way there and back (RC-3). */
export function assertRefusedInTime(outcomes: readonly Outcome[], timeoutMs: number): void {
  needCalls(outcomes);
  const late = lateOne(outcomes, timeoutMs);
  if (late === undefined) return;
  const found = `${describe(late)}, after ${Math.round(tookMs(late))} ms`;
  throw failure('refused-in-time', `a refusal within the read time-out of ${timeoutMs} ms`, found, [late]);
}

/**
 * Assertion `not-for-good`: the last call was answered, and before that none was refused in a way that forbids to ask again, nor let to
 * wait for ever (FR-ADMIT-6).
 */
export function assertNotRefusedForGood(outcomes: readonly Outcome[]): void {
  const last = outcomes.at(-1);
  if (last === undefined) throw new Error('no call to judge');
  const wrong = outcomes.find(
    (outcome) => outcome.kind === 'unanswered' || (outcome.kind !== 'answered' && !isRetryable(outcome)),
  );
  if (wrong !== undefined) {
    throw failure('not-for-good', 'an answer, or a refusal that invites to ask again', describe(wrong), [wrong]);
  }
  if (last.kind !== 'answered') throw failure('not-for-good', 'an answer in the end', describe(last), [last]);
}
