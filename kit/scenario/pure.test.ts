import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { answered } from '../assert/test/outcomes.js';
import { namesOf } from '../run/names.js';
import { decode, encode } from '../wire/plain.js';
import { CHANGES, planChange } from './change.js';
import { ScenarioNames } from './names.js';
import { nodesInRole } from './node-role.js';
import { type Operation, requestOf, subjectRead } from './operation.js';
import { clientIdIn, filledBlocks, writtenIn } from './written-key.js';

describe('ScenarioNames', () => {
  it('keeps scenarios and words apart', () => {
    const run = namesOf('abc123');
    const [one, two] = [new ScenarioNames(run), new ScenarioNames(run)];
    expect(one.volume('alpha')).toBe('omc-abc123-v1-alpha');
    expect(one.volume('alpha')).toBe(one.volume('alpha'));
    expect(two.volume('alpha').startsWith(one.volumePrefix)).toBe(false);
    expect(one.nextVolume()).not.toBe(one.nextVolume());
    expect(one.bucket('box')).toBe('omc-abc123-box');
  });
  it('makes names of a length, and only those that can carry the prefix', () => {
    const names = new ScenarioNames(namesOf('abc123'));
    expect(names.volumeOfLength(63)).toHaveLength(63);
    expect(names.volumeOfLength(63)).toMatch(/^omc-abc123-v1-x+$/);
    expect(() => names.volumeOfLength(14)).toThrow(RangeError);
  });
});

describe('requestOf', () => {
  it('sends no limit as −1, signed or unsigned as each field is', () => {
    const quota = { bytes: -1n, buckets: -1n };
    expect(
      requestOf({ kind: 'create-volume', volume: 'a', owner: 'o', quota }).createVolumeRequest?.volumeInfo,
    ).toMatchObject({
      quotaInBytes: 2n ** 64n - 1n,
      quotaInNamespace: -1n,
    });
    expect(requestOf({ kind: 'set-quota', volume: 'a', quota }).setVolumePropertyRequest).toEqual({
      volumeName: 'a',
      quotaInBytes: 2n ** 64n - 1n,
      quotaInNamespace: 2n ** 64n - 1n,
    });
  });
  it('sends a bucket’s limits signed when it is made, unsigned when it is changed', () => {
    const place = { volume: 'a', bucket: 'b' };
    const properties = { quotaInBytes: -1n, quotaInNames: -1n };
    expect(requestOf({ kind: 'create-bucket', ...place, properties }).createBucketRequest?.bucketInfo).toMatchObject({
      quotaInBytes: -1n,
      quotaInNamespace: -1n,
    });
    expect(requestOf({ kind: 'change-bucket', ...place, properties }).setBucketPropertyRequest?.bucketArgs).toEqual({
      volumeName: 'a',
      bucketName: 'b',
      quotaInBytes: 2n ** 64n - 1n,
      quotaInNamespace: 2n ** 64n - 1n,
    });
  });
  it('sends the limit of a new volume that is said, and no other', () => {
    const quota = { bytes: undefined, buckets: 7n };
    const { createVolumeRequest } = requestOf({ kind: 'create-volume', volume: 'a', owner: 'o', quota });
    expect(Object.keys(createVolumeRequest?.volumeInfo ?? {})).toEqual([
      'adminName',
      'ownerName',
      'volume',
      'quotaInNamespace',
    ]);
  });
  it('sends nothing that was not said', () => {
    expect(requestOf({ kind: 'set-owner', volume: 'a', owner: 'o' }).setVolumePropertyRequest).toEqual({
      volumeName: 'a',
      ownerName: 'o',
    });
    expect(requestOf({ kind: 'set-quota', volume: 'a', quota: { bytes: 5n, buckets: undefined } })).toMatchObject({
      setVolumePropertyRequest: { volumeName: 'a', quotaInBytes: 5n },
    });
  });
});

describe('subjectRead', () => {
  it('reads the volume or the bucket that an operation works on', () => {
    expect(subjectRead({ kind: 'set-owner', volume: 'a', owner: 'o' })).toEqual({ kind: 'read-volume', volume: 'a' });
    expect(subjectRead({ kind: 'delete-bucket', volume: 'a', bucket: 'b' })).toEqual({
      kind: 'read-bucket',
      volume: 'a',
      bucket: 'b',
    });
  });
});

describe('planChange', () => {
  it.each(CHANGES)('%s: works on a volume of its own that is there first where it has to be', (change) => {
    const names = new ScenarioNames(namesOf('abc123'));
    const { given, write } = planChange(change, names);
    expect(planChange(change, names).write.volume).not.toBe(write.volume);
    const needs = write.kind !== 'create-volume';
    expect(given.map(({ kind, volume }) => `${kind} ${volume}`)).toEqual(
      needs ? [`create-volume ${write.volume}`] : [],
    );
  });
});

describe('nodesInRole', () => {
  const nodes = ['om1', 'om2', 'om3'];
  it.each([
    ['the leader', ['om2']],
    ['a follower', ['om1']],
    ['that follower', ['om1']],
    ['every node but a follower', ['om2', 'om3']],
    ['every follower', ['om1', 'om3']],
    ['every node', nodes],
  ] as const)('%s', (role, expected) => {
    expect(nodesInRole(role, nodes, 'om2')).toEqual(expected);
  });
  it('blames the environment where there is no follower', () => {
    expect(() => nodesInRole('a follower', ['om1'], 'om1')).toThrow(/no follower/);
  });
});

const BLOCK = { blockID: { containerBlockID: { containerID: 1n, localID: 2n } }, offset: 0n, length: 3n };

describe('a key with bytes', () => {
  const place = { volume: 'v', bucket: 'b', key: 'k' };
  const opened = (...lengths: bigint[]) => {
    const keyLocations = lengths.map((length) => ({ ...BLOCK, length }));
    const keyInfo = {
      ...{ volumeName: 'v', bucketName: 'b', keyName: 'k', dataSize: 0n, type: 1 },
      ...{ creationTime: 0n, modificationTime: 0n, keyLocationList: [{ keyLocations }] },
    };
    return { ID: 7n, keyInfo };
  };
  const openedKey = (...lengths: bigint[]) =>
    answered('OK', { command: 'CreateKey' }, { createKeyResponse: opened(...lengths) });
  it('asks for blocks, or says its bytes at the commit alone', () => {
    const asked = (more: object) =>
      requestOf({ kind: 'open-key', ...place, bytes: 5n, ...more }).createKeyRequest?.keyArgs.dataSize;
    expect([asked({}), asked({ inNoBlock: true })]).toEqual([5n, undefined]);
  });
  it('fills its blocks one after the other', () => {
    expect(filledBlocks(openedKey(4n, 4n, 4n), 6n).map(({ length }) => length)).toEqual([4n, 2n, 0n]);
    expect(filledBlocks(openedKey(4n), 4n)).toEqual([{ ...BLOCK, length: 4n }]);
    expect(filledBlocks(answered('QUOTA_EXCEEDED'), 4n)).toEqual([]);
  });
  it('is committed as the session that CreateKey or CreateFile opened', () => {
    const openedFile = answered('OK', { command: 'CreateFile' }, { createFileResponse: opened(4n) });
    const blocks = [{ ...BLOCK, length: 3n }];
    for (const session of [openedKey(4n), openedFile]) {
      expect(clientIdIn(session)).toBe(7n);
      expect(writtenIn(session, 3n)).toEqual({ bytes: 3n, blocks });
    }
    expect(clientIdIn(answered('DIRECTORY_NOT_FOUND'))).toBeUndefined();
    expect(writtenIn(openedFile, undefined)).toEqual({});
  });
});

describe('every operation', () => {
  const places = { volume: 'v', bucket: 'b', key: 'k' };
  it.each<Operation>([
    { kind: 'create-bucket', ...places },
    { kind: 'create-bucket', ...places, layout: 'FILE_SYSTEM_OPTIMIZED' },
    {
      kind: 'create-bucket',
      ...places,
      properties: { owner: 'o', versioning: true, storage: 'SSD', quotaInBytes: -1n, quotaInNames: -1n },
    },
    {
      kind: 'create-bucket',
      ...places,
      properties: { replication: 'RATIS/ONE', metadata: [{ key: 'a', value: 'b' }] },
    },
    { kind: 'create-bucket', ...places, source: { volume: 'v', bucket: 's' } },
    { kind: 'read-bucket', ...places },
    { kind: 'list-buckets', volume: 'v' },
    { kind: 'change-bucket', ...places, properties: {} },
    { kind: 'change-bucket', ...places, properties: { owner: 'o' } },
    {
      kind: 'change-bucket',
      ...places,
      properties: { versioning: false, storage: 'ARCHIVE', quotaInBytes: -1n, quotaInNames: 5n },
    },
    { kind: 'delete-bucket', ...places },
    { kind: 'open-key', ...places, content: 'one' },
    { kind: 'commit-key', ...places, clientId: 7n },
    { kind: 'commit-key', ...places, clientId: 7n, bytes: 5n, blocks: [BLOCK] },
    { kind: 'commit-key', ...places, clientId: 7n, metadata: [['m', '1']] },
    { kind: 'open-key', ...places, bytes: 5n },
    { kind: 'open-key', ...places, owner: 'o', replication: 'RS-3-2-1024k' },
    { kind: 'read-key', ...places },
    { kind: 'open-key', ...places, metadata: [['m', '1']], tags: [['t', '']], expectedGeneration: 0n },
    { kind: 'delete-key', ...places },
    { kind: 'allocate-block', ...places, clientId: 7n },
    { kind: 'look-up-key', ...places },
    { kind: 'rename-key', ...places, to: 'l' },
    { kind: 'put-tags', ...places, tags: [['t', '1']] },
    { kind: 'read-tags', ...places },
    { kind: 'remove-tags', ...places },
    { kind: 'list-keys', volume: 'v', bucket: 'b', prefix: 'k', after: 'k', count: 5 },
    { kind: 'list-keys-light', volume: 'v', bucket: 'b', count: 5 },
    { kind: 'delete-keys', volume: 'v', bucket: 'b', keys: ['k', 'l'] },
    { kind: 'rename-keys', volume: 'v', bucket: 'b', renamings: [{ from: 'k', to: 'l' }] },
    { kind: 'create-directory', ...places },
    { kind: 'create-file', ...places, withParents: true, inPlace: false },
    { kind: 'create-file', ...places, withParents: true, inPlace: false, bytes: 5n, replication: 'RATIS/ONE' },
    { kind: 'read-status', ...places },
    { kind: 'list-status', ...places, from: 'k/a', entries: 2n },
    { kind: 'delete-directory', ...places, recursive: true },
    { kind: 'rename-directory', ...places, to: 'l' },
  ])('$kind is a request that says its command and nothing that the wire does not know', (operation) => {
    const request = { ...requestOf(operation), clientId: 'c' };
    const { cmdType, clientId, ...body } = decode(hadoop.ozone.OMRequest, encode(hadoop.ozone.OMRequest, request));
    expect(cmdType).toBe(request.cmdType);
    expect(clientId).toBe('c');
    expect(Object.keys(body)).toEqual(Object.keys(requestOf(operation)).filter((key) => key !== 'cmdType'));
    expect(inspect(body, { depth: 9 })).toContain("'v'");
  });
});
