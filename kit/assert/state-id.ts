/** Observables: the state id that comes with every answer, while follower reads are on, and with none while they are off. */
import type { Outcome } from '../wire/outcome.js';
import { learntFrom, type StateId, stateIdOf } from '../wire/state-id.js';
import { covers, MAIN, type StateVector, vectorText } from '../wire/state-vector.js';
import { describe, failure, show } from './found.js';

/**
 * What a call taught. Assertion `state-id-form`: a state id is a state vector. Assertion `state-id-carried`: there is one, and it says
 * how far group `main` is, on which all that an OM answers depends.
 */
export function idIn(outcome: Outcome): StateVector {
  return decidedId(outcome, learntFrom(outcome));
}

/**
 * What its node says of itself: the trailer alone, since the message of an Msync may be ahead of that. Assertions `state-id-form` and
 * `state-id-carried`: as of what a call taught.
 */
export function trailerIn(outcome: Outcome): StateVector {
  return decidedId(outcome, stateIdOf(outcome));
}

function decidedId(outcome: Outcome, id: StateId): StateVector {
  if (id.kind === 'malformed') {
    const found = `${show(id.text)} (${id.why}) with ${describe(outcome)}`;
    throw failure('state-id-form', 'a state vector as om-state-id', found, [outcome]);
  }
  if (id.kind === 'vector' && id.vector.has(MAIN)) return id.vector;
  const found = id.kind === 'none' ? 'none' : `none for ${MAIN}, but ${outcome.trailers.get('om-state-id')}`;
  throw failure('state-id-carried', 'an om-state-id', `${found} with ${describe(outcome)}`, [outcome]);
}

/** Whether a node decided the call: an answer or a refusal, after which it can say how far it is. */
export function isDecided({ kind }: Outcome): boolean {
  return kind === 'answered' || kind === 'refused';
}

/** Assertions `state-id-form` and `state-id-carried`: on every call that a node decided, at least one. */
export function assertIdsCarried(outcomes: readonly Outcome[]): void {
  const decided = outcomes.filter(isDecided);
  if (decided.length === 0) throw new Error('no answer to judge');
  for (const outcome of decided) idIn(outcome);
}

/**
 * Assertion `id-not-invented`: no node says an id that covers `sent`, which a client made up and nobody ever applied (FR-STATE-5).
 *
 * @param sent what a client sent; calls that say no id are for `state-id-carried`
 */
export function assertNotInvented(outcomes: readonly Outcome[], sent: StateVector): void {
  const decided = outcomes.filter(isDecided);
  if (decided.length === 0) throw new Error('no answer to judge');
  const wrong = decided.find((outcome) => covers(idIn(outcome), sent));
  if (wrong === undefined) return;
  throw failure('id-not-invented', `an id below ${vectorText(sent)}, which a client made up`, vectorText(idIn(wrong)), [
    wrong,
  ]);
}

/** Assertion `no-state-id`: nothing that a node said carries an id, so that no client takes follower reads for on (FR-STATE-7). */
export function assertNoIds(outcomes: readonly Outcome[]): void {
  const decided = outcomes.filter(isDecided);
  if (decided.length === 0) throw new Error('no answer to judge');
  const wrong = decided.find((outcome) => stateIdOf(outcome).kind !== 'none');
  if (wrong === undefined) return;
  throw failure('no-state-id', 'no om-state-id', `${show(wrong.trailers.get('om-state-id'))} with ${describe(wrong)}`, [
    wrong,
  ]);
}
