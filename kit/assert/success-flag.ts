/** Observable: whether `success` and `status` say the same (W-2). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, statusName } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `success-flag`: every outcome is an answer, and `success` (true where absent) is true exactly when the status is OK. */
export function assertSuccessFlag(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind !== 'answered') {
      throw failure('success-flag', 'an answer whose success says the same as its status', describe(outcome), [
        outcome,
      ]);
    }
    const { status } = outcome.response;
    const success = outcome.response.success ?? true;
    const ok = status === hadoop.ozone.Status.OK;
    if (success === ok) continue;
    throw failure(
      'success-flag',
      `success ${ok} with status ${statusName(status)}`,
      `success ${success} with status ${statusName(status)} from ${outcome.node}`,
      [outcome],
    );
  }
}
