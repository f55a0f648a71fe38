/** Observables: what a node that has no majority behind it may not say (HA-7, HA-12, HA-17, RC-9). */
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `not-acknowledged`: no node said that it carried out one of these writes. */
export function assertNotAcknowledged(writes: readonly Outcome[]): void {
  if (writes.length === 0) throw new Error('no write to judge');
  const wrong = writes.find(accepted);
  if (wrong !== undefined) throw failure('not-acknowledged', 'no write is acknowledged', describe(wrong), [wrong]);
}

/** Assertion `not-confirmed`: no node answered one of these linearizable reads; that something is missing is an answer too. */
export function assertNotConfirmed(reads: readonly Outcome[]): void {
  if (reads.length === 0) throw new Error('no read to judge');
  const wrong = reads.find(({ kind }) => kind === 'answered');
  if (wrong !== undefined) throw failure('not-confirmed', 'no linearizable read is answered', describe(wrong), [wrong]);
}

/**
 * Assertion `answered-in-time`: each call was given an answer or a refusal by its node.
 *
 * @param budgetMs for the message; the calls' own deadline was this and the way there and back
 */
export function assertAnsweredInTime(outcomes: readonly Outcome[], budgetMs: number): void {
  needCalls(outcomes);
  const late = outcomes.find(({ kind }) => kind === 'unanswered');
  if (late !== undefined) {
    throw failure('answered-in-time', `an answer or a refusal within ${budgetMs} ms`, describe(late), [late]);
  }
}
