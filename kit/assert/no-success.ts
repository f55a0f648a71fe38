/** Observable: a command was not reported as done, in whichever way it was refused (W-8). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `no-success`: every outcome is a gRPC refusal, or an answer with a status other than OK. */
export function assertNoSuccess(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused') continue;
    if (outcome.kind === 'answered' && outcome.response.status !== hadoop.ozone.Status.OK) continue;
    throw failure('no-success', 'a refusal, or a status that says what failed', describe(outcome), [outcome]);
  }
}
