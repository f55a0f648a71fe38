/** Observable: the status of a business answer. */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, statusName } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `answer-status`: every outcome is an answer (gRPC OK) with one of these statuses, by name. */
export function assertStatus(outcomes: readonly Outcome[], allowed: readonly string[]): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind === 'answered' && allowed.includes(statusName(outcome.response.status))) continue;
    throw failure('answer-status', `status ${allowed.join(' or ')}`, describe(outcome), [outcome]);
  }
}
