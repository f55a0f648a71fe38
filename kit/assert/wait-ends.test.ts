import { describe, expect, it } from 'vitest';
import type { Outcome } from '../wire/outcome.js';
import { answered, failureOf, notLeader, refused, unanswered, unreadable } from './test/outcomes.js';
import { assertAtOrAbove, assertEndedForNow, assertWaitBounded } from './wait-ends.js';

const at = (index: bigint): Outcome => ({ ...answered('OK'), trailers: new Map([['om-state-id', `main:${index}`]]) });
const from = (outcome: Outcome, sentAtMs: number, endedAtMs: number): Outcome => ({ ...outcome, sentAtMs, endedAtMs });
const id = new Map([['main', 7n]]);

describe('assertAtOrAbove', () => {
  it('takes answers at the id and above', () => assertAtOrAbove([at(7n), at(9n)], id));
  it.each<[string, Outcome, string]>([
    ['from below', at(6n), 'expected an answer from main:7 or later, found one from main:6'],
    ['that is none', notLeader(), 'expected an answer from main:7 or later, found'],
  ])('does not take one %s', (_, read, message) => {
    const error = failureOf(() => assertAtOrAbove([at(8n), read], id));
    expect(error.assertion).toBe('at-or-above');
    expect(error.message).toContain(message);
  });
});

describe('assertWaitBounded', () => {
  it('takes an end within the time, and the way there and back', () => {
    assertWaitBounded([from(notLeader(), 100, 5_100), from(notLeader(), 100, 7_100)], 5_000);
  });
  it('does not take a later one', () => {
    const error = failureOf(() => assertWaitBounded([from(notLeader(), 100, 7_101)], 5_000));
    expect(error.assertion).toBe('wait-bounded');
    expect(error.message).toMatch(/the end of a wait within 5000 ms.*after 7001 ms/);
  });
});

describe('assertEndedForNow', () => {
  it('takes refusals that invite to ask again, and a connection that went away', () => {
    assertEndedForNow([notLeader(), refused('gone', undefined, {}, 14), unanswered('unavailable')]);
  });
  it.each<[string, Outcome]>([
    ['an answer', at(7n)],
    ['a refusal for good', refused('no', 'IOException')],
    ['silence', unanswered('deadline')],
    ['nonsense', unreadable()],
  ])('does not take %s', (_, outcome) => {
    expect(failureOf(() => assertEndedForNow([notLeader(), outcome])).assertion).toBe('ended-for-now');
  });
});
