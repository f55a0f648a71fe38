/** Observable: which command an answer says that it answers (W-1). */
import type { Outcome } from '../wire/outcome.js';
import { commandName, describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `answer-command`: every outcome is an answer whose command type is the request's. */
export function assertCommandRepeated(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    const asked = outcome.request.cmdType;
    const expected = `an answer to ${commandName(asked)}`;
    if (outcome.kind !== 'answered') throw failure('answer-command', expected, describe(outcome), [outcome]);
    const said = outcome.response.cmdType;
    if (said === asked) continue;
    throw failure('answer-command', expected, `an answer to ${commandName(said)} from ${outcome.node}`, [outcome]);
  }
}
