import { describe, expect, it } from 'vitest';
import { assertNamedLeader } from './named-leader.js';
import { assertNoneIsNone, saysNone } from './said-outcome.js';
import { answered, failureOf, notLeader, refused, unanswered, volume } from './test/outcomes.js';
import { assertAnsweredInTime, assertNotAcknowledged, assertNotConfirmed } from './unconfirmed.js';

const on = (node: string, call: number) => ({ node, call });

describe('not-acknowledged', () => {
  it('takes refusals, silence and a status that says what failed', () => {
    assertNotAcknowledged([notLeader(), unanswered('deadline'), answered('VOLUME_NOT_FOUND')]);
  });
  it('fails for one write that was carried out', () => {
    expect(failureOf(() => assertNotAcknowledged([notLeader(), answered('OK', on('om2', 4))]))).toEqual({
      assertion: 'not-acknowledged',
      message: 'expected no write is acknowledged, found OK from om2',
      calls: [4],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertNotAcknowledged([])).toThrow('no write'));
});

describe('not-confirmed', () => {
  it('takes refusals and silence', () => assertNotConfirmed([notLeader(), unanswered('deadline')]));
  it.each(['OK', 'VOLUME_NOT_FOUND'] as const)('fails for an answer, %s too', (status) => {
    expect(failureOf(() => assertNotConfirmed([notLeader(), answered(status, on('om1', 2))]))).toMatchObject({
      assertion: 'not-confirmed',
      calls: [2],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertNotConfirmed([])).toThrow('no read'));
});

describe('answered-in-time', () => {
  it('takes answers and refusals', () => assertAnsweredInTime([answered('OK'), notLeader()], 5));
  it.each(['deadline', 'unavailable'] as const)('fails for silence (%s)', (why) => {
    expect(failureOf(() => assertAnsweredInTime([notLeader(), unanswered(why, on('om3', 9))], 5))).toEqual({
      assertion: 'answered-in-time',
      message: `expected an answer or a refusal within 5 ms, found no answer from om3 (${why}: gone)`,
      calls: [9],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertAnsweredInTime([], 5)).toThrow('no call'));
});

describe('none-is-none', () => {
  const none = { ...refused('x', 'OMNotLeaderException', on('om1', 1)), trailers: new Map([['om-outcome', 'none']]) };
  const unsaid = refused('x', 'OMNotLeaderException', on('om1', 1));
  const missing = answered('VOLUME_NOT_FOUND', on('om2', 2));
  const there = volume({}, on('om2', 2));
  it('reads the trailer of failed attempts', () => {
    expect([none, unsaid, { ...answered('OK'), trailers: none.trailers }].map(saysNone)).toEqual([true, false, false]);
  });
  it('takes what did not happen, and what did without having been denied', () => {
    assertNoneIsNone([none, unsaid].map((attempt) => ({ attempt, read: missing })));
    assertNoneIsNone([{ attempt: unsaid, read: there }]);
    assertNoneIsNone([{ attempt: answered('OK'), read: there }]);
  });
  it('fails for what was acknowledged and is not there', () => {
    const attempt = answered('OK', on('om1', 3));
    expect(failureOf(() => assertNoneIsNone([{ attempt, read: missing }]))).toMatchObject({ calls: [3, 2] });
  });
  it('fails for what happened although it could not', () => {
    expect(failureOf(() => assertNoneIsNone([{ attempt: none, read: there }]))).toMatchObject({
      assertion: 'none-is-none',
      calls: [1, 2],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertNoneIsNone([])).toThrow('no attempt'));
});

describe('named-leader', () => {
  it('takes the leader, nobody, and whatever a refusal says', () => {
    assertNamedLeader(
      [
        answered('OK', {}, { leaderOMNodeId: 'om1' }),
        answered('OK'),
        answered('VOLUME_NOT_FOUND', {}, { leaderOMNodeId: 'om2' }),
        notLeader(),
      ],
      'om1',
    );
  });
  it('fails for another', () => {
    expect(
      failureOf(() => assertNamedLeader([answered('OK', on('om2', 5), { leaderOMNodeId: 'om2' })], 'om1')),
    ).toEqual({
      assertion: 'named-leader',
      message: 'expected om1, or no leader, named, found "om2" from om2',
      calls: [5],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertNamedLeader([], 'om1')).toThrow('no answer'));
});
