/** Observable: every one of many requests has an answer, whatever it says. */
import type { Outcome } from '../wire/outcome.js';
import { commandName, describe, failure } from './found.js';

/** Assertion `all-answered`: each outcome is an answer with a status. */
export function assertAllAnswered(outcomes: readonly Outcome[]): void {
  if (outcomes.length === 0) throw new Error('no request to judge');
  const lost = outcomes.find(({ kind }) => kind !== 'answered');
  if (lost === undefined) return;
  throw failure('all-answered', `an answer to ${commandName(lost.request.cmdType)}`, describe(lost), [lost]);
}
