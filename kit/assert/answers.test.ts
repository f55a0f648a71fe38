import { describe, expect, it } from 'vitest';
import { assertCommandRepeated } from './answer-command.js';
import { assertStatus } from './answer-status.js';
import { assertBusinessFailure } from './business-failure.js';
import { assertRefusedWith } from './refusal-class.js';
import { assertRoutingFailure } from './routing-failure.js';
import { assertSuccessFlag } from './success-flag.js';
import { answered, failureOf, notLeader, refused, unanswered, unreadable } from './test/outcomes.js';

describe('answer-status', () => {
  it('takes any of the statuses, from every node', () => {
    assertStatus([answered('OK'), answered('VOLUME_NOT_FOUND')], ['OK', 'VOLUME_NOT_FOUND']);
  });
  it.each([
    [answered('OK'), 'expected status VOLUME_NOT_FOUND or BUCKET_NOT_FOUND, found OK from om1'],
    [
      notLeader({ node: 'om2' }),
      'expected status VOLUME_NOT_FOUND or BUCKET_NOT_FOUND, found gRPC INTERNAL from om2 (o.a.OMNotLeaderException: OM:om2 is not the leader. Could not determine the leader node.)',
    ],
    [
      unanswered('deadline'),
      'expected status VOLUME_NOT_FOUND or BUCKET_NOT_FOUND, found no answer from om1 (deadline: gone)',
    ],
    [unreadable(), 'expected status VOLUME_NOT_FOUND or BUCKET_NOT_FOUND, found unreadable bytes from om1 (3 bytes)'],
  ])('fails for anything else', (outcome, message) => {
    const statuses = ['VOLUME_NOT_FOUND', 'BUCKET_NOT_FOUND'];
    expect(failureOf(() => assertStatus([outcome], statuses))).toEqual({
      assertion: 'answer-status',
      message,
      calls: [7],
    });
  });
  it('names the status that it does not know by its number', () => {
    const strange = answered('OK', {}, { status: 4711 as never });
    expect(failureOf(() => assertStatus([strange], ['OK'])).message).toBe(
      'expected status OK, found status 4711 from om1',
    );
  });
});

describe('answer-command', () => {
  it('takes an answer to the command that was asked, good or bad', () => {
    assertCommandRepeated([answered('OK'), answered('VOLUME_NOT_FOUND', { command: 'DeleteVolume' })]);
  });
  it('fails for another command', () => {
    const wrong = answered('OK', { command: 'CreateVolume' }, { cmdType: 14 });
    expect(failureOf(() => assertCommandRepeated([wrong]))).toEqual({
      assertion: 'answer-command',
      message: 'expected an answer to CreateVolume, found an answer to InfoVolume from om1',
      calls: [7],
    });
  });
  it('fails for a refusal', () => {
    const message = 'expected an answer to InfoVolume, found gRPC UNIMPLEMENTED from om1 (no text)';
    expect(failureOf(() => assertCommandRepeated([refused('', undefined, {}, 12)])).message).toBe(message);
  });
});

describe('success-flag', () => {
  it('takes true with OK, false with another status, and absent with OK', () => {
    assertSuccessFlag([answered('OK'), answered('VOLUME_NOT_EMPTY'), answered('OK', {}, { success: undefined })]);
  });
  it.each([
    [
      answered('OK', {}, { success: false }),
      'expected success true with status OK, found success false with status OK from om1',
    ],
    [
      answered('VOLUME_NOT_EMPTY', {}, { success: true }),
      'expected success false with status VOLUME_NOT_EMPTY, found success true with status VOLUME_NOT_EMPTY from om1',
    ],
    [
      answered('VOLUME_NOT_EMPTY', {}, { success: undefined }),
      'expected success false with status VOLUME_NOT_EMPTY, found success true with status VOLUME_NOT_EMPTY from om1',
    ],
  ])('fails where they contradict each other', (outcome, message) => {
    expect(failureOf(() => assertSuccessFlag([outcome]))).toEqual({ assertion: 'success-flag', message, calls: [7] });
  });
  it('fails for what is no answer', () => {
    expect(failureOf(() => assertSuccessFlag([notLeader()])).assertion).toBe('success-flag');
  });
});

describe('business-failure', () => {
  it('takes an answer with a status other than OK', () => {
    assertBusinessFailure([answered('VOLUME_ALREADY_EXISTS')]);
  });
  it.each([
    [answered('OK'), 'expected gRPC OK with a status that says what failed, found OK from om1'],
    [
      refused('o.a.OMException: exists', 'OMException'),
      'expected gRPC OK with a status that says what failed, found gRPC INTERNAL from om1 (o.a.OMException: exists)',
    ],
  ])('fails for success and for a refusal', (outcome, message) => {
    expect(failureOf(() => assertBusinessFailure([outcome]))).toEqual({
      assertion: 'business-failure',
      message,
      calls: [7],
    });
  });
});

describe('routing-failure', () => {
  it('takes INTERNAL with a class name', () => {
    assertRoutingFailure([notLeader(), refused('a.b.ReadException: late', 'ReadException')]);
  });
  it.each([
    [answered('INTERNAL_ERROR'), 'expected gRPC INTERNAL with a class name first, found INTERNAL_ERROR from om1'],
    [
      refused('not me', undefined),
      'expected gRPC INTERNAL with a class name first, found gRPC INTERNAL from om1 (not me)',
    ],
    [
      refused('a.OMNotLeaderException: x', 'OMNotLeaderException', {}, 14),
      'expected gRPC INTERNAL with a class name first, found gRPC UNAVAILABLE from om1 (a.OMNotLeaderException: x)',
    ],
  ])('fails for an answer, no class name, another gRPC status', (outcome, message) => {
    expect(failureOf(() => assertRoutingFailure([outcome]))).toEqual({
      assertion: 'routing-failure',
      message,
      calls: [7],
    });
  });
});

describe('refusal-class', () => {
  it('takes refusals with the class, from every node', () => {
    assertRefusedWith([notLeader(), notLeader({ node: 'om2' }, 'om3')], 'OMNotLeaderException');
  });
  it.each([
    [answered('OK', { node: 'om2', call: 9 }), 'expected a refusal with OMNotLeaderException, found OK from om2'],
    [
      refused('a.OMLeaderNotReadyException: x', 'OMLeaderNotReadyException', { node: 'om2', call: 9 }),
      'expected a refusal with OMNotLeaderException, found gRPC INTERNAL from om2 (a.OMLeaderNotReadyException: x)',
    ],
    [
      unanswered('unavailable', { node: 'om2', call: 9 }),
      'expected a refusal with OMNotLeaderException, found no answer from om2 (unavailable: gone)',
    ],
  ])('fails for one that is none', (outcome, message) => {
    const outcomes = [notLeader(), outcome];
    expect(failureOf(() => assertRefusedWith(outcomes, 'OMNotLeaderException'))).toEqual({
      assertion: 'refusal-class',
      message,
      calls: [9],
    });
  });
});
