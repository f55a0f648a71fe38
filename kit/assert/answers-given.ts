/**
 * Which of several calls a rule about what answers show is judged by. Who does not answer shows nothing wrong, and nothing right
 * either: where all are silent there is nothing to judge, which is neither a pass nor a failure.
 */
import { UndecidedError } from '../failure.js';
import type { Outcome } from '../wire/outcome.js';
import { describe } from './found.js';
import { isDecided } from './state-id.js';

/** The answers among these calls. @throws UndecidedError where there is none */
export function answersAmong(outcomes: readonly Outcome[]): readonly Outcome[] {
  const answers = outcomes.filter(({ kind }) => kind === 'answered');
  if (answers.length > 0) return answers;
  throw nothingToJudge('answered', outcomes);
}

/** The same where a refusal is right as well: there may be no answer then. @throws UndecidedError where nobody said anything */
export function answersIfAny(outcomes: readonly Outcome[]): readonly Outcome[] {
  if (outcomes.some(isDecided)) return outcomes.filter(({ kind }) => kind === 'answered');
  throw nothingToJudge('answered or refused', outcomes);
}

function nothingToJudge(what: string, outcomes: readonly Outcome[]): Error {
  const last = outcomes.at(-1);
  if (last === undefined) return new Error('no call to judge');
  return new UndecidedError(`none of ${outcomes.length} calls was ${what}, so nothing was shown: ${describe(last)}`);
}
