import { describe, expect, it } from 'vitest';
import type { Outcome } from '../wire/outcome.js';
import { assertAnsweredAlike } from './answered-alike.js';
import { assertCallExpiry, CLOCK_SKEW_MS } from './call-expiry.js';
import { assertCallIdRepeated } from './call-id-repeated.js';
import { assertCarriedOutOnce } from './carried-out-once.js';
import { answered, failureOf, notLeader, unanswered } from './test/outcomes.js';

const create = (call: number, node = 'om1') => ({ command: 'CreateVolume', call, node }) as const;
const ok = (call: number, node?: string) => answered('OK', create(call, node), { createVolumeResponse: {} });
const exists = (call: number) => answered('VOLUME_ALREADY_EXISTS', create(call));

describe('answered-alike', () => {
  it('takes answers that differ in who gave them, in what words, and to which attempt', () => {
    const one = answered('OK', create(1), { message: 'done', traceID: 'a', leaderOMNodeId: 'om1' });
    const two = answered('OK', create(2, 'om2'), { message: 'remembered', traceID: 'b', leaderOMNodeId: 'om2' });
    assertAnsweredAlike([one, two]);
  });
  it('passes over attempts that nobody answered', () => {
    assertAnsweredAlike([notLeader(create(1)), ok(2), unanswered('deadline', create(3)), ok(4)]);
    assertAnsweredAlike([unanswered('deadline', create(1)), ok(2)]);
  });
  it.each([
    ['another status', exists(2), 'found VOLUME_ALREADY_EXISTS from om1'],
    ['another body', answered('OK', create(2)), 'found OK from om1 with createVolumeResponse nothing'],
    ['another command', answered('OK', create(2), { cmdType: 12, createVolumeResponse: {} }), 'with cmdType 12'],
  ])('fails for %s', (_title, other, found) => {
    const failed = failureOf(() => assertAnsweredAlike([ok(1), other]));
    expect(failed).toMatchObject({ assertion: 'answered-alike', calls: [1, 2] });
    expect(failed.message).toContain(found);
  });
  it('fails where the last attempt was not answered', () => {
    expect(failureOf(() => assertAnsweredAlike([ok(1), notLeader(create(2))]))).toMatchObject({
      assertion: 'answered-alike',
      calls: [2],
    });
  });
  it('judges nothing by a single attempt', () => {
    expect(() => assertAnsweredAlike([ok(1)])).toThrow('no two attempts');
  });
});

describe('call-id-repeated', () => {
  const withTrailer = (outcome: Outcome, value: string): Outcome => ({
    ...outcome,
    trailers: new Map([['om-call-id', value]]),
  });
  it('takes the id on answers and refusals, and asks nothing of silence', () => {
    assertCallIdRepeated([withTrailer(ok(1), '7'), withTrailer(notLeader(create(2)), '7'), unanswered('deadline')], 7n);
  });
  it.each([
    [ok(1), 'found nothing with OK from om1'],
    [withTrailer(ok(1), '8'), 'found "8" with OK from om1'],
    [withTrailer(ok(1), '07'), 'found "07" with OK from om1'],
    [notLeader(create(1)), 'found nothing with gRPC INTERNAL from om1'],
  ])('fails where it is missing or another one', (outcome, found) => {
    const failed = failureOf(() => assertCallIdRepeated([outcome], 7n));
    expect(failed).toMatchObject({ assertion: 'call-id-repeated', calls: [1] });
    expect(failed.message).toContain(found);
  });
  it('judges nothing by silence alone', () => {
    expect(() => assertCallIdRepeated([unanswered('deadline')], 7n)).toThrow('no answer');
  });
});

describe('call-expiry', () => {
  const at = (outcome: Outcome, sentAtMs: number): Outcome => ({ ...outcome, sentAtMs, endedAtMs: sentAtMs + 10 });
  const late = 3010 + CLOCK_SKEW_MS;
  it.each([
    ['remembered to the end, then new', [ok(1), at(ok(2), 2900), at(exists(3), late + 1)]],
    ['either in between', [ok(1), at(ok(2), 3100), at(exists(3), late + 1)]],
    ['new in between', [ok(1), at(exists(2), 3001), at(exists(3), late + 1)]],
    ['the new call is remembered itself', [ok(1), at(exists(2), late + 1), at(exists(3), late + 10)]],
    ['not answered in between', [ok(1), at(notLeader(create(2)), 100), at(exists(3), late + 1)]],
  ])('takes: %s', (_title, attempts) => {
    assertCallExpiry(attempts, 3000);
  });
  it('fails for a call that is forgotten too early', () => {
    const failed = failureOf(() => assertCallExpiry([ok(1), at(exists(2), 2900)], 3000));
    expect(failed).toEqual({
      assertion: 'call-expiry',
      message: 'expected OK from om1, as the first attempt, found VOLUME_ALREADY_EXISTS from om1 2899 ms later',
      calls: [1, 2],
    });
  });
  it('fails for a call that is remembered too long', () => {
    const failed = failureOf(() => assertCallExpiry([ok(1), at(ok(2), 100), at(ok(3), late + 1)], 3000));
    expect(failed).toMatchObject({ assertion: 'call-expiry', calls: [1, 3] });
  });
  it('fails where nobody answers in the end', () => {
    expect(failureOf(() => assertCallExpiry([ok(1), at(notLeader(create(2)), 9000)], 3000))).toMatchObject({
      calls: [2],
    });
  });
});

describe('carried-out-once', () => {
  it('takes calls that were answered OK, at whichever attempt', () => {
    assertCarriedOutOnce([[ok(1)], [unanswered('deadline', create(2)), notLeader(create(3)), ok(4, 'om2')]]);
  });
  it('fails for a call that found its own effect, or that nobody decided', () => {
    const twice = [unanswered('deadline', create(2)), exists(3)];
    expect(failureOf(() => assertCarriedOutOnce([[ok(1)], twice, [notLeader(create(4))]]))).toEqual({
      assertion: 'carried-out-once',
      message:
        'expected OK, whichever attempt it was that was carried out, found VOLUME_ALREADY_EXISTS from om1 after 2 attempts; 2 of 3 calls like it',
      calls: [2, 3],
    });
  });
  it('judges nothing where nothing was sent', () => {
    expect(() => assertCarriedOutOnce([])).toThrow('no call');
  });
});
