/** Observables: ids in the order of the answers of one node (FR-STATE-3), or to one call (LE-RETRY-1). */
import type { Outcome } from '../wire/outcome.js';
import { covers, merged, type StateVector, vectorText } from '../wire/state-vector.js';
import { describe, failure } from './found.js';
import { idIn, isDecided, trailerIn } from './state-id.js';

/**
 * Assertion `id-order`: what a node says is at or above all that it had said before the call was sent. Calls may be given in any order
 * and more than once.
 */
export function assertIdsInOrder(outcomes: readonly Outcome[]): void {
  const decided = outcomes.filter(isDecided);
  if (decided.length === 0) throw new Error('no answer to judge');
  for (const node of new Set(decided.map((outcome) => outcome.node))) {
    judgeNode(decided.filter((outcome) => outcome.node === node));
  }
}

/**
 * Assertion `id-not-lower`: no answer to a call says less than an answer to it before, whoever gave it (LE-RETRY-1). A refusal may: its
 * node does not answer for the call.
 *
 * @param attempts of one call, in the order of their ends
 */
export function assertIdsNotLower(attempts: readonly Outcome[]): void {
  const answers = attempts.filter(({ kind }) => kind === 'answered');
  if (answers.length < 2) throw new Error('no two answers to judge');
  let before: Outcome | undefined;
  for (const answer of answers) {
    const id = idIn(answer);
    if (before !== undefined && !covers(id, idIn(before))) {
      const expected = `an id at or above ${vectorText(idIn(before))}, as before`;
      throw failure('id-not-lower', expected, `${vectorText(id)} with ${describe(answer)}`, [before, answer]);
    }
    before = answer;
  }
}

function judgeNode(outcomes: readonly Outcome[]): void {
  const byEnd = [...outcomes].sort((a, b) => a.endedAtMs - b.endedAtMs);
  let said: StateVector = new Map();
  let next = 0;
  for (const outcome of [...outcomes].sort((a, b) => a.sentAtMs - b.sentAtMs)) {
    for (let one = byEnd[next]; one !== undefined && one.endedAtMs < outcome.sentAtMs; one = byEnd[next]) {
      said = merged(said, trailerIn(one));
      next += 1;
    }
    const id = trailerIn(outcome);
    if (covers(id, said)) continue;
    const before = byEnd.slice(0, next).find((one) => !covers(id, trailerIn(one)));
    const expected = `an id at or above ${vectorText(said)}, which ${outcome.node} had said before`;
    throw failure('id-order', expected, `${vectorText(id)} with ${describe(outcome)}`, [
      ...(before === undefined ? [] : [before]),
      outcome,
    ]);
  }
}
