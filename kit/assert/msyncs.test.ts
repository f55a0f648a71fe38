import { describe, expect, it } from 'vitest';
import type { Outcome } from '../wire/outcome.js';
import { assertBlocksNamed } from './blocks-named.js';
import { assertLogQuiet } from './log-quiet.js';
import { assertMsyncCovers, assertMsynced, assertMsyncsCover, assertNotMsynced } from './msyncs.js';
import { assertNotRefusedForGood } from './refusal-class.js';
import { answered, failureOf, notLeader, refused, unanswered } from './test/outcomes.js';

const msync = (index: bigint, call = 7): Outcome =>
  answered('OK', { command: 'Msync', call }, { msyncResponse: { lastAppliedIndex: index } });
const at = (outcome: Outcome, sentAtMs: number, endedAtMs: number, id?: string): Outcome => ({
  ...outcome,
  sentAtMs,
  endedAtMs,
  trailers: new Map(id === undefined ? [] : [['om-state-id', id]]),
});
const foo = { name: 'foo', vector: new Map([['main', 7n]]), calls: [answered('OK', { call: 3 })] };

describe('msync-answered and msync-covers', () => {
  it('take a message that is as far as the other client was told', () => {
    expect(assertMsynced(msync(7n))).toEqual(foo.vector);
    assertMsyncCovers(msync(7n), foo);
    assertMsyncCovers(msync(9n), foo);
  });
  it('fail for a message that is behind, whatever the trailer says', () => {
    expect(failureOf(() => assertMsyncCovers(at(msync(6n), 0, 1, 'main:9'), foo))).toMatchObject({
      assertion: 'msync-covers',
      message: 'expected an Msync at or above main:7, which client "foo" was told, found main:6',
      calls: [3, 7],
    });
  });
  it.each([
    ['a refusal', notLeader()],
    ['an OK without a message', answered('OK', { command: 'Msync' })],
    ['a business failure', answered('INTERNAL_ERROR', { command: 'Msync' })],
    ['silence', unanswered('deadline')],
    ['an index that is none', msync(2n ** 63n)],
  ])('fail for %s', (_, outcome) => {
    expect(failureOf(() => assertMsyncCovers(outcome, foo)).assertion).toBe('msync-answered');
  });
});

describe('msync-covers among calls of many', () => {
  const echo = (sent: number, ended: number, id: string, call: number) =>
    at(answered('OK', { command: 'EchoRPC', call }), sent, ended, id);
  it('asks nothing of what was still under way, and nothing of silence', () => {
    assertMsyncsCover([echo(0, 5, 'main:9', 1), at(msync(3n), 5, 6), at(unanswered('deadline'), 0, 1, 'main:9')]);
    assertMsyncsCover([echo(0, 4, 'main:3', 1), at(msync(3n), 5, 6), echo(6, 7, 'main:9', 2)]);
  });
  it('names the call that an Msync does not cover', () => {
    const outcomes = [at(msync(3n), 5, 6), echo(0, 4, 'main:4', 1), echo(0, 3, 'main:2', 2)];
    expect(failureOf(() => assertMsyncsCover(outcomes))).toMatchObject({ assertion: 'msync-covers', calls: [1, 7] });
  });
  it('fails where none of them is answered', () => {
    const outcomes = [echo(0, 1, 'main:1', 1), notLeader({ command: 'Msync', call: 4 })];
    expect(failureOf(() => assertMsyncsCover(outcomes))).toMatchObject({ assertion: 'msync-answered', calls: [4] });
  });
  it('needs an Msync', () => {
    expect(() => assertMsyncsCover([echo(0, 1, 'main:1', 1), notLeader()])).toThrow('no Msync to judge');
  });
});

describe('msync-unconfirmed', () => {
  it('takes refusals and silence, and fails for one answer', () => {
    assertNotMsynced([notLeader(), unanswered('deadline'), answered('INTERNAL_ERROR', { command: 'Msync' })]);
    expect(failureOf(() => assertNotMsynced([notLeader(), msync(0n)]))).toMatchObject({
      assertion: 'msync-unconfirmed',
      message: 'expected no Msync is answered, found OK from om1: main:0',
    });
    expect(() => assertNotMsynced([])).toThrow('no Msync');
  });
});

describe('log-quiet', () => {
  it('takes a log that stood still once, and fails for one that always grew', () => {
    assertLogQuiet([msync(1n)], [0n]);
    assertLogQuiet([msync(1n)], [3n, 0n]);
    expect(failureOf(() => assertLogQuiet([msync(1n), msync(1n), msync(1n)], [1n, 1n, 1n])).assertion).toBe(
      'log-quiet',
    );
    expect(() => assertLogQuiet([msync(1n)], [])).toThrow('no look');
  });
});

describe('not-for-good', () => {
  it('takes refusals for now, and then an answer', () => {
    assertNotRefusedForGood([notLeader(), refused('a.RetriableException: x', 'RetriableException'), answered('OK')]);
  });
  it.each([
    ['a refusal for good', [refused('a.IOException: x', 'IOException'), answered('OK')]],
    ['a read that was let to wait', [unanswered('deadline'), answered('OK')]],
    ['no answer in the end', [notLeader()]],
  ])('fails for %s', (_, outcomes) => {
    expect(failureOf(() => assertNotRefusedForGood(outcomes)).assertion).toBe('not-for-good');
  });
});

describe('blocks-named', () => {
  const block = (id: bigint, length = 10n) => ({
    blockID: { containerBlockID: { containerID: 1n, localID: id } },
    offset: 0n,
    length,
  });
  const key = (node: string, ...keyLocations: ReturnType<typeof block>[]): Outcome =>
    answered(
      'OK',
      { node, command: 'GetKeyInfo' },
      {
        GetKeyInfoResponse: {
          keyInfo: {
            volumeName: 'v',
            bucketName: 'b',
            keyName: 'k',
            dataSize: 10n,
            type: 1,
            creationTime: 1n,
            modificationTime: 1n,
            keyLocationList: [{ keyLocations }],
          },
        },
      },
    );
  it('takes the same blocks everywhere, and a redirection', () => {
    assertBlocksNamed([key('om1', block(1n)), key('om2', block(1n)), notLeader({ node: 'om3' })], 'om1');
  });
  it.each([
    ['no block', key('om2')],
    ['another length', key('om2', block(1n, 9n))],
    ['another block', key('om2', block(2n))],
    ['a final error', answered('KEY_NOT_FOUND', { node: 'om2' })],
    ['silence', unanswered('deadline', { node: 'om2' })],
  ])('fails for %s of a follower', (_, outcome) => {
    expect(failureOf(() => assertBlocksNamed([key('om1', block(1n)), outcome], 'om1')).assertion).toBe('blocks-named');
  });
  it('fails for a leader that names none', () => {
    expect(failureOf(() => assertBlocksNamed([key('om1'), key('om2')], 'om1')).assertion).toBe('blocks-named');
  });
});
