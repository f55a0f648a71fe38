/** Observable: among many calls at once, each gets one answer, and it is its own (W-9). */
import { hadoop } from '#proto';
import type { AnsweredCall, OwnAnswer } from '../scenario/burst.js';
import type { Answered, Outcome } from '../wire/outcome.js';
import { commandName, describe, failure, show, statusName } from './found.js';
import { namesIn } from './page-read.js';
import { needCalls } from './to-judge.js';
import { volumeIn } from './volume-read.js';

/**
 * Assertion `own-answer`: every call was answered, once, with the answer that it alone could get. A second answer to a call
 * makes it unreadable, and an answer that never comes leaves it unanswered.
 */
export function assertOwnAnswers(calls: readonly AnsweredCall[]): void {
  needCalls(calls);
  const wrong = calls.filter(({ answer, outcome }) => !isOwn(answer, outcome));
  const [first] = wrong;
  if (first === undefined) return;
  const { answer, outcome } = first;
  const count = `${wrong.length} of ${calls.length} calls differ`;
  const expected = `${commandName(outcome.request.cmdType)} answered with ${answerText(answer)}`;
  throw failure('own-answer', expected, `${foundText(outcome)}; ${count}`, [outcome]);
}

/** Assertion `one-connection`: all calls came on one connection. */
export function assertOneConnection(outcomes: readonly Outcome[]): void {
  const [first] = outcomes;
  if (first === undefined) throw new Error('no call to judge');
  const other = outcomes.find(({ session }) => session === undefined || session !== first.session);
  if (other === undefined) return;
  throw failure('one-connection', `all calls on one connection to ${first.node}`, 'a connection made anew', [
    first,
    other,
  ]);
}

function isOwn(answer: OwnAnswer, outcome: Outcome): boolean {
  if (outcome.kind !== 'answered' || outcome.response.cmdType !== outcome.request.cmdType) return false;
  switch (answer.kind) {
    case 'volume': {
      const info = volumeIn(outcome);
      return info?.volume === answer.volume && info.ownerName === answer.owner;
    }
    case 'page':
      return show(namesIn(outcome)) === show([answer.volume]);
    case 'payload':
      return statusName(outcome.response.status) === 'OK' && payloadOf(outcome) === answer.bytes;
    case 'status':
      return outcome.response.status === hadoop.ozone.Status[answer.status];
  }
}

function payloadOf({ response }: Answered): number {
  return response.EchoRPCResponse?.payload?.byteLength ?? 0;
}

function answerText(answer: OwnAnswer): string {
  switch (answer.kind) {
    case 'volume':
      return `volume ${answer.volume} with owner ${show(answer.owner)}`;
    case 'page':
      return `a page with ${answer.volume} alone`;
    case 'payload':
      return `${answer.bytes} bytes`;
    case 'status':
      return answer.status;
  }
}

function foundText(outcome: Outcome): string {
  if (outcome.kind !== 'answered') return describe(outcome);
  const command =
    outcome.response.cmdType === outcome.request.cmdType ? '' : `${commandName(outcome.response.cmdType)}: `;
  const info = volumeIn(outcome);
  if (info !== undefined) return `${command}volume ${info.volume} with owner ${show(info.ownerName)}`;
  const names = namesIn(outcome);
  if (names !== undefined) return `${command}a page with ${show(names)}`;
  const bytes = outcome.response.EchoRPCResponse === undefined ? '' : ` with ${payloadOf(outcome)} bytes`;
  return `${command}${describe(outcome)}${bytes}`;
}
