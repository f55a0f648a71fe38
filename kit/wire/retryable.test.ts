import { describe, expect, it } from 'vitest';
import { answered, refused, unanswered, unreadable } from '../assert/test/outcomes.js';
import { isRetryable } from './retryable.js';

describe('isRetryable', () => {
  it.each([
    'OMNotLeaderException',
    'NotLeaderException',
    'OMLeaderNotReadyException',
    'ReadIndexException',
    'ReadException',
    'RetriableException',
    'OMInSafeModeException',
  ])('takes a refusal with %s', (name) => {
    expect(isRetryable(refused(`a.b.${name}: text`, name))).toBe(true);
  });
  it('takes a peer that was unavailable, gRPC UNAVAILABLE, and silence', () => {
    const wrapped = 'java.util.concurrent.ExecutionException: a.b.StatusRuntimeException: UNAVAILABLE: io exception';
    expect(isRetryable(refused(wrapped, 'StatusRuntimeException'))).toBe(true);
    expect(isRetryable(refused('', undefined, {}, 14))).toBe(true);
    expect(isRetryable(unanswered('deadline'))).toBe(true);
    expect(isRetryable(unanswered('unavailable'))).toBe(true);
  });
  it.each([
    ['another class', refused('a.b.IOException: x', 'IOException')],
    ['another status of a peer', refused('a.StatusRuntimeException: INTERNAL: x', 'StatusRuntimeException')],
    ['no class', refused('', undefined)],
    ['UNKNOWN', refused('Application error processing RPC', undefined, {}, 2)],
    ['UNIMPLEMENTED', refused('', undefined, {}, 12)],
    ['an answer', answered('INTERNAL_ERROR')],
    ['bytes that mean nothing', unreadable()],
  ])('does not take %s', (_, outcome) => {
    expect(isRetryable(outcome)).toBe(false);
  });
});
