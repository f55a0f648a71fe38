import { describe, expect, it } from 'vitest';
import { UndecidedError } from '../failure.js';
import { answersAmong, answersIfAny } from './answers-given.js';
import { answered, notLeader, unanswered } from './test/outcomes.js';

const [answer, refusal, silence] = [answered('OK'), notLeader(), unanswered('deadline')];

describe('answersAmong', () => {
  it('are those that were answered', () => {
    expect(answersAmong([refusal, answer, silence])).toEqual([answer]);
  });
  it.each([
    [
      'silence',
      [silence, silence],
      'none of 2 calls was answered, so nothing was shown: no answer from om1 (deadline: gone)',
    ],
    ['refusals', [silence, refusal], 'none of 2 calls was answered, so nothing was shown: gRPC INTERNAL from om1'],
  ])('%s shows nothing', (_, outcomes, why) => {
    expect(() => answersAmong(outcomes)).toThrow(UndecidedError);
    expect(() => answersAmong(outcomes)).toThrow(why);
  });
  it('of no call cannot be judged', () => {
    expect(() => answersAmong([])).toThrow('no call to judge');
    expect(() => answersIfAny([])).toThrow('no call to judge');
  });
});

describe('answersIfAny', () => {
  it('are those that were answered, and none where somebody refuses', () => {
    expect(answersIfAny([refusal, answer])).toEqual([answer]);
    expect(answersIfAny([silence, refusal])).toEqual([]);
  });
  it('silence shows nothing', () => {
    expect(() => answersIfAny([silence])).toThrow(UndecidedError);
    expect(() => answersIfAny([silence])).toThrow('none of 1 calls was answered or refused');
  });
});
