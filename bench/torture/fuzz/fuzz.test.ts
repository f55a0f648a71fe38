import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { answered, notLeader, refused, unanswered, unreadable } from '../../../kit/assert/test/outcomes.js';
import type { OMResponse, Outcome } from '../../../kit/wire/outcome.js';
import { endOf, isElsewhere, sessionIn } from './end.js';
import { difference, lookOf } from './look.js';
import { messageOf } from './message.js';
import { Plot } from './plot.js';

const { OMRequest } = hadoop.ozone;

const bucket = (bucketName: string, usedNamespace: bigint, layout: 'OBJECT_STORE' | 'FILE_SYSTEM_OPTIMIZED') => ({
  volumeName: 'v',
  bucketName,
  isVersionEnabled: false,
  storageType: hadoop.hdds.StorageTypeProto.DISK,
  bucketLayout: hadoop.ozone.BucketLayoutProto[layout],
  usedNamespace,
  acls: [],
  metadata: [],
});
const volume = (usedNamespace: bigint, more: Partial<OMResponse> = {}) =>
  answered(
    'OK',
    { command: 'InfoVolume' },
    {
      ...more,
      infoVolumeResponse: {
        volumeInfo: { adminName: 'a', ownerName: 'o', volume: 'v', usedNamespace, metadata: [], volumeAcls: [] },
      },
    },
  );
const buckets = (...bucketInfo: ReturnType<typeof bucket>[]) =>
  answered('OK', { command: 'ListBuckets' }, { listBucketsResponse: { bucketInfo } });
const noKeys = answered('OK', { command: 'ListKeys' }, { listKeysResponse: { keyInfo: [] } });

describe('messages', () => {
  const requests = new Plot('v').messages(5n);
  const made = (number: number) => messageOf('s', number, requests, ['om1', 'om2']);
  it('are valid before they are broken', () => {
    for (const request of requests) {
      const { cmdType, clientId, version: _, ...body } = OMRequest.toObject(OMRequest.decode(request));
      expect(clientId).toBe('fuzz');
      expect([cmdType, Object.keys(body)]).toEqual([expect.any(Number), [expect.any(String)]]);
    }
  });
  it('are made anew for another session', () => {
    const plot = new Plot('v');
    expect(plot.messages(5n)).toBe(plot.messages(5n));
    expect(plot.messages(6n)).not.toEqual(plot.messages(5n));
    expect(plot.messages(5n)).toEqual(requests);
  });
  it('of one seed and number are the same each time, hardly ever whole, and mostly for the leader', () => {
    const numbers = Array.from({ length: 500 }, (_, number) => number);
    const all = numbers.map(made);
    expect(numbers.map(made)).toEqual(all);
    const hex = all.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
    const whole = new Set(requests.map((request) => Buffer.from(request).toString('hex')));
    const unbroken = hex.filter((text) => whole.has(text)).length;
    expect(unbroken).toBeGreaterThan(30);
    expect(unbroken).toBeLessThan(100);
    expect(new Set(hex).size).toBeGreaterThan(400);
    expect(new Set(all.map(({ node }) => node))).toEqual(new Set([undefined, 'om1', 'om2']));
    expect(all.filter(({ node }) => node !== undefined).length).toBeLessThan(100);
  });
  it('of two seeds differ', () => {
    expect(messageOf('t', 1, requests, ['om1'])).not.toEqual(made(1));
  });
});

describe('the end of a message', () => {
  it.each<[string, Outcome, string, boolean, RegExp | undefined]>([
    ['done', answered('OK'), 'OK', false, undefined],
    ['done in part', answered('PARTIAL_DELETE'), 'PARTIAL_DELETE', false, undefined],
    ['not done', answered('KEY_NOT_FOUND'), 'KEY_NOT_FOUND', true, undefined],
    [
      'an unknown status',
      answered('OK', {}, { status: 9999 as hadoop.ozone.Status }),
      'a status without a name',
      true,
      undefined,
    ],
    ['not the leader', notLeader(), 'routed away', true, undefined],
    ['refused by gRPC', refused('no such method', undefined, {}, 12), 'UNIMPLEMENTED', true, undefined],
    ['an exception that is no routing', refused('x.IOException: no', 'IOException'), 'INTERNAL', true, undefined],
    ['the server is not there', refused('busy', undefined, {}, 14), 'UNAVAILABLE', false, /UNAVAILABLE: busy/],
    ['the server was too slow', refused('late', undefined, {}, 4), 'DEADLINE_EXCEEDED', false, /DEADLINE_EXC/],
    ['no answer in time', unanswered('deadline'), 'unanswered', false, /no answer \(deadline\)/],
    ['a lost connection', unanswered('unavailable'), 'unanswered', false, /no answer \(unavailable\): gone/],
    ['no answer at all', unreadable(), 'unreadable', false, /unreadable answer: 3 bytes/],
  ])('%s', (_what, outcome, name, refusal, fault) => {
    const end = endOf(outcome);
    expect([end.name, end.refusal]).toEqual([name, refusal]);
    if (fault === undefined) expect(end.fault).toBeUndefined();
    else expect(end.fault).toMatch(fault);
  });
  it('may have opened a session', () => {
    expect(sessionIn(answered('OK', {}, { createKeyResponse: { ID: 7n } }))).toBe(7n);
    expect(sessionIn(answered('OK', {}, { createFileResponse: { ID: 8n } }))).toBe(8n);
    expect(sessionIn(answered('OK'))).toBeUndefined();
    expect(sessionIn(notLeader())).toBeUndefined();
  });
});

describe('a read', () => {
  it.each<[string, Outcome, boolean]>([
    ['answered', answered('OK'), false],
    ['of a node that does not lead', notLeader(), true],
    ['of a node that is gone', unanswered('unavailable'), true],
    ['that never ends', unanswered('deadline'), false],
    ['refused for another reason', refused('x', undefined), false],
  ])('%s is repeated where it was routed away alone', (_what, outcome, expected) => {
    expect(isElsewhere(outcome)).toBe(expected);
  });
});

describe('two looks', () => {
  it('are alike whoever answered, and whatever a tree counts', () => {
    const one = [volume(1n, { message: 'of om1' }), buckets(bucket('tree', 3n, 'FILE_SYSTEM_OPTIMIZED'))];
    const other = [volume(1n, { message: 'of om2' }), buckets(bucket('tree', 4n, 'FILE_SYSTEM_OPTIMIZED'))];
    expect(lookOf(one).text).toBe(lookOf(other).text);
  });
  it('differ where a flat bucket counts another number', () => {
    const [one = '', other = ''] = [3n, 4n].map(
      (used) => lookOf([volume(1n), buckets(bucket('flat', used, 'OBJECT_STORE'))]).text,
    );
    expect(one).not.toBe(other);
    expect(difference(one, other)).toMatch(/"usedNamespace": "3".* became .*"usedNamespace": "4"/);
  });
  it('differ where something is no longer there', () => {
    const [one, other] = [[volume(1n), noKeys], [volume(1n)]].map((outcomes) => lookOf(outcomes).text);
    expect(one).not.toBe(other);
  });
});

describe('one look', () => {
  it.each<[string, Outcome, Outcome, Outcome, RegExp[]]>([
    ['fits', volume(1n), buckets(bucket('flat', 0n, 'OBJECT_STORE')), noKeys, []],
    [
      'counts a bucket that is not there',
      volume(2n),
      buckets(bucket('flat', 0n, 'OBJECT_STORE')),
      noKeys,
      [/counts 2 buckets, 1/],
    ],
    ['counts buckets that it does not list', volume(2n), answered('INTERNAL_ERROR'), noKeys, [/counts 2 buckets, 0/]],
    [
      'counts a key that is not there',
      volume(1n),
      buckets(bucket('flat', 1n, 'OBJECT_STORE')),
      noKeys,
      [/counts 1 keys, 0/],
    ],
    ['leaves out what a tree counts', volume(1n), buckets(bucket('tree', 9n, 'FILE_SYSTEM_OPTIMIZED')), noKeys, []],
    [
      'never ends',
      volume(0n),
      buckets(),
      unanswered('deadline'),
      [/a read of the plot ended with no answer \(deadline\)/],
    ],
  ])('%s', (_what, info, listed, keys, expected) => {
    const found = lookOf([info, listed, keys]).contradictions;
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });
});
