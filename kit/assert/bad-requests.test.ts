import { describe, expect, it } from 'vitest';
import type { hadoop } from '#proto';
import type { Plain } from '../wire/plain.js';
import { assertGrpcRefusal } from './grpc-refusal.js';
import { assertNoSuccess } from './no-success.js';
import { assertNothingChanged } from './nothing-changed.js';
import { assertNodeServes, assertSameConnection } from './still-serves.js';
import { answered, bucket, failureOf, notLeader, refused, unanswered, unreadable, volume } from './test/outcomes.js';
import { assertRights } from './user-rights.js';

type KeyInfo = Plain<hadoop.ozone.KeyInfo.$Properties>;
const unknown = refused('Application error processing RPC', undefined, {}, 2);

describe('grpc-refusal', () => {
  it('takes any status that a server gave, or the one that is asked for', () => {
    assertGrpcRefusal([unknown, refused('', undefined, {}, 3)]);
    assertGrpcRefusal([refused('', undefined, {}, 12)], 'UNIMPLEMENTED');
  });
  it.each([
    [answered('OK'), undefined, 'expected a gRPC status other than OK, found OK from om1'],
    [answered('INVALID_REQUEST'), undefined, 'expected a gRPC status other than OK, found INVALID_REQUEST from om1'],
    [
      unanswered('unavailable'),
      undefined,
      'expected a gRPC status other than OK, found no answer from om1 (unavailable: gone)',
    ],
    [
      unknown,
      'RESOURCE_EXHAUSTED',
      'expected gRPC RESOURCE_EXHAUSTED, found gRPC UNKNOWN from om1 (Application error processing RPC)',
    ],
  ] as const)('fails for anything else', (outcome, status, message) => {
    const expected = { assertion: 'grpc-refusal', message, calls: [7] };
    expect(failureOf(() => assertGrpcRefusal([outcome], status))).toEqual(expected);
  });
});

describe('no-success', () => {
  it('takes either way of refusing', () => {
    assertNoSuccess([unknown, answered('INVALID_REQUEST'), notLeader()]);
  });
  it.each([[answered('OK')], [answered('OK', {}, { success: false })], [unanswered('deadline')], [unreadable()]])(
    'fails for success and for silence',
    (outcome) => {
      expect(failureOf(() => assertNoSuccess([outcome])).assertion).toBe('no-success');
    },
  );
});

describe('nothing-changed', () => {
  const before = [volume(), bucket(), answered('VOLUME_NOT_FOUND')];
  const later = { node: 'om2', call: 9 };
  it('compares what reads show, not who answered and in which words', () => {
    const after = [
      volume({}, later),
      bucket({}, later),
      answered('VOLUME_NOT_FOUND', later, { message: 'none', leaderOMNodeId: 'om2' }),
    ];
    assertNothingChanged(before, after, [unknown]);
  });
  it.each([
    [
      volume({ ownerName: 'bob' }, later),
      /^expected InfoVolume shows OK from om1 with infoVolumeResponse .*ownerName: "ann".*, as before, found OK from om2 .*"bob"/,
    ],
    [answered('VOLUME_NOT_FOUND', later), /^expected InfoVolume shows OK from om1 .*, found VOLUME_NOT_FOUND from om2/],
    [notLeader(later), /found gRPC INTERNAL from om2/],
  ])('fails for a read that shows something else', (read, message) => {
    const failed = failureOf(() => assertNothingChanged([volume()], [read], [{ ...unknown, callNumber: 8 }]));
    expect(failed).toMatchObject({ assertion: 'nothing-changed', calls: [7, 8, 9] });
    expect(failed.message).toMatch(message);
  });
  it('has to have something to compare', () => {
    expect(() => assertNothingChanged([], [], [])).toThrow('no two looks');
    expect(() => assertNothingChanged(before, before.slice(1), [])).toThrow('no two looks');
  });
});

describe('still-serves', () => {
  const bad = { ...unknown, session: 1, callNumber: 5 };
  it('takes an answer, whatever it says', () => {
    assertNodeServes([bad], answered('OK'));
    assertNodeServes([bad], { ...answered('INVALID_REQUEST'), session: 2 });
    assertSameConnection([bad], { ...answered('OK'), session: 1 });
  });
  it.each([unanswered('unavailable'), notLeader()])('fails for a node that does not answer', (next) => {
    expect(failureOf(() => assertNodeServes([bad], next))).toMatchObject({ assertion: 'node-serves', calls: [5, 7] });
    expect(failureOf(() => assertSameConnection([bad], { ...next, session: 1 })).assertion).toBe('same-connection');
  });
  it.each([
    [bad, 2],
    [unknown, undefined],
  ])('fails where the connection is another one', (first, session) => {
    const next = session === undefined ? answered('OK') : { ...answered('OK'), session };
    expect(failureOf(() => assertSameConnection([first], next)).message).toBe(
      'expected om1 answers the next call on the same connection, found OK from om1, on a connection made anew',
    );
  });
});

describe('user-rights', () => {
  const acl = (name: string, rights: number, type = 1) => ({ type, name, rights: Buffer.of(rights), aclScope: 0 });
  const carols = [acl('carol', 0x80), acl('staff', 0x09, 2)];
  const key: KeyInfo = {
    volumeName: 'alpha',
    bucketName: 'box',
    keyName: 'k',
    dataSize: 0n,
    type: 1,
    creationTime: 1n,
    modificationTime: 1n,
    acls: carols,
  };
  it.each([
    ['bucket', bucket({ acls: carols })],
    ['key', answered('OK', {}, { GetKeyInfoResponse: { keyInfo: key } })],
    ['directory', answered('OK', {}, { getFileStatusResponse: { status: { keyInfo: key } } })],
  ])('takes an entry with every right in a %s, and the lack of one', (_, read) => {
    assertRights(read, 'carol', 'everything');
    assertRights(read, 'staff', 'nothing');
  });
  it.each([
    [bucket({ acls: [acl('root', 0x80)] }), 'everything', 'entries of "root" (bytes 80)'],
    [bucket({ acls: [acl('carol', 0x01)] }), 'everything', 'entries of "carol" (bytes 01)'],
    [bucket({ acls: [acl('carol', 0x80, 2)] }), 'everything', 'entries of no user'],
    [bucket(), 'everything', 'entries of no user'],
    [bucket({ acls: [acl('carol', 0x01)] }), 'nothing', 'entries of "carol" (bytes 01)'],
    [answered('BUCKET_NOT_FOUND'), 'nothing', 'BUCKET_NOT_FOUND from om1'],
    [answered('OK', { command: 'GetKeyInfo' }), 'nothing', 'OK from om1'],
  ] as const)('fails for anything else', (read, gives, found) => {
    expect(failureOf(() => assertRights(read, 'carol', gives))).toMatchObject({
      assertion: 'user-rights',
      message: `expected ${gives} given to "carol", found ${found}`,
    });
  });
});
