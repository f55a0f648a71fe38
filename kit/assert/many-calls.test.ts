import { describe, expect, it } from 'vitest';
import type { AnsweredCall, OwnAnswer } from '../scenario/burst.js';
import type { CutWrite, Part } from '../scenario/cut-short.js';
import type { Outcome } from '../wire/outcome.js';
import { assertOneConnection, assertOwnAnswers } from './own-answer.js';
import { answered, failureOf, notLeader, page, unanswered, unreadable, volume } from './test/outcomes.js';
import { assertWhole } from './whole-write.js';

const echo = (bytes: number): Outcome =>
  answered('OK', { command: 'EchoRPC' }, { EchoRPCResponse: { payload: new Uint8Array(bytes) } });
const ann: OwnAnswer = { kind: 'volume', volume: 'alpha', owner: 'ann' };

describe('own-answer', () => {
  it('takes what each call alone could get', () => {
    assertOwnAnswers([
      { answer: ann, outcome: volume() },
      { answer: { kind: 'page', volume: 'alpha' }, outcome: page(['alpha']) },
      { answer: { kind: 'payload', bytes: 3 }, outcome: echo(3) },
      { answer: { kind: 'payload', bytes: 0 }, outcome: answered('OK', { command: 'EchoRPC' }) },
      { answer: { kind: 'status', status: 'VOLUME_NOT_FOUND' }, outcome: answered('VOLUME_NOT_FOUND') },
    ]);
  });
  it.each<[OwnAnswer, Outcome, string]>([
    [ann, volume({ volume: 'beta' }), 'volume beta with owner "ann"'],
    [ann, volume({ ownerName: 'bob' }), 'volume alpha with owner "bob"'],
    [ann, answered('VOLUME_NOT_FOUND'), 'VOLUME_NOT_FOUND from om1'],
    [ann, { ...volume(), response: { ...volume().response, cmdType: 110 } }, 'EchoRPC: volume alpha with owner "ann"'],
    [ann, unreadable(), 'unreadable bytes from om1 (3 bytes)'],
    [ann, unanswered('deadline'), 'no answer from om1 (deadline: gone)'],
    [{ kind: 'page', volume: 'alpha' }, page(['beta']), 'a page with ["beta"]'],
    [{ kind: 'page', volume: 'alpha' }, page(['alpha', 'beta']), 'a page with ["alpha", "beta"]'],
    [{ kind: 'payload', bytes: 3 }, echo(4), 'OK from om1 with 4 bytes'],
    [{ kind: 'status', status: 'OK' }, answered('VOLUME_ALREADY_EXISTS'), 'VOLUME_ALREADY_EXISTS from om1'],
  ])('fails for another', (answer, outcome, found) => {
    const calls: AnsweredCall[] = [
      { answer: ann, outcome: volume() },
      { answer, outcome },
    ];
    const { assertion, message } = failureOf(() => assertOwnAnswers(calls));
    expect(assertion).toBe('own-answer');
    expect(message).toContain(`found ${found}; 1 of 2 calls differ`);
  });
  it('has to have calls to judge', () => {
    expect(() => assertOwnAnswers([])).toThrow('no call');
  });
});

describe('one-connection', () => {
  it('takes one, and fails for two or for none', () => {
    const on = (session: number) => ({ ...answered('OK'), session });
    assertOneConnection([on(1), on(1)]);
    expect(failureOf(() => assertOneConnection([on(1), on(1), on(2)])).assertion).toBe('one-connection');
    expect(failureOf(() => assertOneConnection([answered('OK')])).assertion).toBe('one-connection');
  });
});

describe('whole-write', () => {
  const part = (where: string, done: boolean | undefined): Part => ({
    where,
    done,
    read: done === undefined ? notLeader() : answered('OK', { call: 9 }),
  });
  const look = (one: boolean | undefined, other: boolean | undefined) => [part('a', one), part('b', other)];
  const write = (outcome: Outcome, before: readonly Part[], now = before): CutWrite => ({
    write: outcome,
    looks: [before, now],
  });
  const gone = unanswered('cancelled', { command: 'CreateVolume' });

  it('takes all or nothing, and all where it was acknowledged', () => {
    assertWhole([
      write(gone, look(true, true)),
      write(gone, look(false, false)),
      write(answered('OK', { command: 'CreateVolume' }), look(true, true)),
      write(notLeader({ command: 'CreateVolume' }), look(false, false)),
    ]);
  });
  it.each([
    [
      write(gone, look(true, false)),
      'whole or not at all',
      'a: done, b: not done, after no answer from om1 (cancelled: gone)',
    ],
    [
      write(gone, look(false, false), look(true, true)),
      'whole or not at all',
      'a: not done, b: not done, then a: done, b: done, after',
    ],
    [write(gone, look(undefined, undefined)), 'whole or not at all', 'a: gRPC INTERNAL from om1'],
    [
      write(answered('OK', { command: 'CreateVolume' }), look(false, false)),
      'whole',
      'a: not done, b: not done, after OK from om1',
    ],
  ])('fails for part of it, and for what does not stay', (torn, expected, found) => {
    const { assertion, message } = failureOf(() => assertWhole([write(gone, look(true, true)), torn]));
    expect(assertion).toBe('whole-write');
    expect(message).toContain(`expected CreateVolume ${expected}, found ${found}`);
  });
  it('has to have writes to judge', () => {
    expect(() => assertWhole([])).toThrow('no write');
  });
});
