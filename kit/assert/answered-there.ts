/** Observable: a node answered by itself, whatever the status, and sent nobody elsewhere (RC-4, RC-6). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `answered-there`: every outcome is an answer of the node that was asked. */
export function assertAnsweredThere(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  const wrong = outcomes.find(({ kind }) => kind !== 'answered');
  if (wrong !== undefined) throw failure('answered-there', `an answer of ${wrong.node}`, describe(wrong), [wrong]);
}
