/** How a model meets what a caller knows of its call: an answer, or nothing. */
import type { HistoryOutcome } from '../call.js';

/**
 * Carries a call out: changes the state into the one behind it. False where the call cannot have ended as it did in this state; what it
 * left in the state is then nobody's.
 */
export type Step = (state: Int32Array) => boolean;

/** What its caller was told; undefined where it does not know: then only the effect counts. */
export type Answer = Extract<HistoryOutcome, { kind: 'answered' }> | undefined;

/** Whether a call that is carried out can have ended so. */
export function done(answer: Answer): boolean {
  return answer === undefined || answer.status === 'OK';
}

/** The same for one that is refused. Nobody has to be told of what had no effect. */
export function refused(answer: Answer, ...statuses: readonly string[]): boolean {
  return answer !== undefined && statuses.includes(answer.status);
}
