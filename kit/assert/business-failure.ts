/** Observable: a failure that the namespace decided is an answer, not a refusal (W-3). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `business-failure`: every outcome is gRPC OK with a status other than OK. */
export function assertBusinessFailure(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind === 'answered' && outcome.response.status !== hadoop.ozone.Status.OK) continue;
    throw failure('business-failure', 'gRPC OK with a status that says what failed', describe(outcome), [outcome]);
  }
}
