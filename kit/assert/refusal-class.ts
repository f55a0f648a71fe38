/** Observable: why a node refused, by the class that its refusal names (wire-binding.md §1). */
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { describe, failure } from './found.js';

/** Assertion `refusal-class`: every outcome is a refusal of this class; `className` is its simple name. */
export function assertRefusedWith(outcomes: readonly Outcome[], className: string): void {
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused' && outcome.className === className) continue;
    throw failure('refusal-class', `a refusal with ${className}`, describe(outcome), [outcome]);
  }
}

/**
 * Assertion `refused-for-now`: every call was refused in a way that invites to ask again, so that nothing old was shown and nobody
 * waits for ever (RC-3).
 *
 * @param withinMs for the message; the calls' own deadline is not shorter
 */
export function assertRefusedForNow(outcomes: readonly Outcome[], withinMs: number): void {
  if (outcomes.length === 0) throw new Error('no call to judge');
  const wrong = outcomes.find((outcome) => outcome.kind !== 'refused' || !isRetryable(outcome));
  if (wrong === undefined) return;
  const expected = `a refusal that invites to ask again, within ${withinMs} ms`;
  throw failure('refused-for-now', expected, describe(wrong), [wrong]);
}
