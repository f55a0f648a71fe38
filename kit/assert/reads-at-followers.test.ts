import { describe, expect, it } from 'vitest';
import { assertAnsweredThere } from './answered-there.js';
import { assertListedAfter } from './listed-after.js';
import { assertRefusedForNow, assertRefusedInTime } from './refusal-class.js';
import { ownerSeen } from './seen.js';
import { answered, failureOf, notLeader, page, refused, unanswered, volume } from './test/outcomes.js';

const at = { node: 'om2', call: 2 };

describe('answered-there', () => {
  it('takes any status', () => assertAnsweredThere([answered('OK'), answered('INVALID_REQUEST')]));
  it.each([notLeader(at), unanswered('deadline', at)])('fails for a refusal and for silence', (outcome) => {
    expect(failureOf(() => assertAnsweredThere([answered('OK'), outcome]))).toMatchObject({
      assertion: 'answered-there',
      message: expect.stringMatching(/^expected an answer of om2, found /),
      calls: [2],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertAnsweredThere([])).toThrow('no call'));
});

describe('refused-for-now', () => {
  it('takes refusals that invite to ask again', () => {
    assertRefusedForNow([notLeader(), refused('o.a.ReadIndexException: x', 'ReadIndexException')]);
  });
  it.each([
    ['an answer', volume({}, at), 'OK from om2'],
    ['an answer that something is missing', answered('VOLUME_NOT_FOUND', at), 'VOLUME_NOT_FOUND from om2'],
    ['silence', unanswered('deadline', at), 'no answer from om2 (deadline: gone)'],
    ['another refusal', refused('a.B: x', 'B', at), 'gRPC INTERNAL from om2 (a.B: x)'],
  ])('fails for %s', (_, outcome, found) => {
    expect(failureOf(() => assertRefusedForNow([notLeader(), outcome]))).toEqual({
      assertion: 'refused-for-now',
      message: `expected a refusal that invites to ask again, found ${found}`,
      calls: [2],
    });
  });
  it('judges nothing of nothing', () => expect(() => assertRefusedForNow([])).toThrow('no call'));
});

describe('refused-in-time', () => {
  const lasting = (endedAtMs: number) => ({ ...notLeader(at), endedAtMs });
  it('allows for the way there and back', () => assertRefusedInTime([lasting(2), lasting(5_000)], 3_000));
  it('fails for a refusal that came later', () => {
    expect(failureOf(() => assertRefusedInTime([lasting(2), lasting(5_001)], 3_000))).toMatchObject({
      assertion: 'refused-in-time',
      message: expect.stringMatching(
        /^expected a refusal within the read time-out of 3000 ms, found .*, after 5001 ms$/,
      ),
      calls: [2],
    });
  });
});

describe('listed-after', () => {
  const write = answered('OK', { node: 'om1', call: 1, command: 'CreateVolume' });
  const listed = (names: readonly string[]) => ({ write, page: page(names, at), has: ['a', 'b'], hasNot: ['c'] });
  it('takes what others made beside it', () => assertListedAfter([listed(['a', 'b', 'd'])]));
  it.each([
    ['a name is missing', ['b', 'd'], 'expected ["a"], acknowledged before, in the listing, found ["b", "d"] on om2'],
    [
      'a deleted name is there',
      ['a', 'b', 'c'],
      'expected no ["c"], deleted before, in the listing, found ["a", "b", "c"] on om2',
    ],
  ])('fails where %s', (_, names, message) => {
    expect(failureOf(() => assertListedAfter([listed(['a', 'b']), listed(names)]))).toEqual({
      assertion: 'listed-after',
      message,
      calls: [1, 2],
    });
  });
  it('fails where there is no listing', () => {
    const refusal = { write, page: notLeader(at), has: [], hasNot: [] };
    expect(failureOf(() => assertListedAfter([refusal]))).toMatchObject({ assertion: 'listed-after' });
    expect(() => assertListedAfter([])).toThrow('no listing');
  });
});

describe('what was seen', () => {
  it.each([
    [volume({ ownerName: 'ann' }, at), 'old (owner ann) from om2'],
    [volume({ ownerName: 'bob' }, at), 'new (owner bob) from om2'],
    [volume({ ownerName: 'cid' }, at), 'OK from om2'],
    [notLeader(at), 'refused (OMNotLeaderException) by om2'],
    [unanswered('deadline', at), 'no answer from om2 (deadline: gone)'],
  ])('is old, new or none', (read, seen) => expect(ownerSeen(read, 'ann', 'bob')).toBe(seen));
});
