import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { keyArgs, Status, statusName, Type, World } from '../../test/world.js';

const { OzoneAclType, OzoneAclScope } = hadoop.ozone.OzoneAclInfo;
const { ReplicationType, ReplicationFactor } = hadoop.hdds;
const { RATIS, STAND_ALONE, EC, CHAINED } = ReplicationType;
const MiB = 1024n * 1024n;

describe('CreateKey and CommitKey', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.createVolume('vol');
    world.createBucket('vol', 'bucket');
  });

  it('make a key that nobody sees before its commit (NS-KEY-1)', () => {
    world.user = 'alice';
    const created = world.createKey('k', { metadata: [{ key: 'm', value: '1' }], tags: [{ key: 't', value: '2' }] });
    const opened = {
      volumeName: 'vol',
      bucketName: 'bucket',
      keyName: 'k',
      dataSize: 0n,
      type: RATIS,
      factor: ReplicationFactor.THREE,
      keyLocationList: [{ version: 0n, keyLocations: [], isMultipartKey: false }],
      creationTime: 1030n,
      modificationTime: 1030n,
      latestVersion: 0n,
      metadata: [{ key: 'm', value: '1' }],
      acls: [{ type: OzoneAclType.USER, name: 'alice', rights: Uint8Array.of(0x80), aclScope: OzoneAclScope.ACCESS }],
      objectID: 3n << 8n,
      updateID: 3n,
      parentID: 0n,
      isFile: true,
      ownerName: '',
      tags: [{ key: 't', value: '2' }],
    };
    expect(created).toEqual({
      status: Status.OK,
      body: { createKeyResponse: { keyInfo: opened, ID: 3n << 8n, openVersion: 0n } },
    });
    expect(statusName(world.lookupKey('k'))).toBe('KEY_NOT_FOUND');
    expect(world.usage()).toEqual({ bytes: 0n, entries: 0n });
    const metadata = [{ key: 'n' }, { key: 'm', value: '3' }];
    expect(statusName(world.commitKey('k', 3n << 8n, { dataSize: 10n, metadata }))).toBe('OK');
    expect(world.key('k')).toEqual({
      ...opened,
      keyLocationList: [{ version: 0n, isMultipartKey: false }],
      acls: [{ ...opened.acls[0], rights: Buffer.from([0x80]) }],
      dataSize: 10n,
      modificationTime: 1040n,
      updateID: 4n,
      metadata: [
        { key: 'm', value: '3' },
        { key: 'n', value: '' },
      ],
    });
    expect(world.usage()).toEqual({ bytes: 30n, entries: 1n });
  });

  it('show the same in GetKeyInfo (NS-KEY-11)', () => {
    world.putKey('k', { dataSize: 7n });
    const { body } = world.run(Type.GetKeyInfo, { GetKeyInfoRequest: { keyArgs: keyArgs('k') } });
    expect(body).toEqual({ GetKeyInfoResponse: { keyInfo: world.key('k') } });
  });

  it.each([[0n], [1n], [2n ** 64n - 1n]])('refuse to commit a session %i that is not open (NS-KEY-2)', (clientId) => {
    world.openKey('k');
    const before = world.state.dump();
    expect(statusName(world.commitKey('k', clientId))).toBe('KEY_NOT_FOUND');
    expect(world.state.dump()).toEqual(before);
  });

  it('end the session: it is not committed twice, nor under another name', () => {
    const clientId = world.openKey('k');
    expect(statusName(world.commitKey('k2', clientId))).toBe('KEY_NOT_FOUND');
    expect(statusName(world.commitKey('k', clientId))).toBe('OK');
    expect(statusName(world.commitKey('k', clientId))).toBe('KEY_NOT_FOUND');
  });

  it('replace a key, which keeps its id, birth and rights (NS-KEY-3)', () => {
    world.user = 'alice';
    world.putKey('k', { dataSize: 10n, metadata: [{ key: 'a', value: '1' }], tags: [{ key: 't', value: '1' }] });
    const first = world.key('k');
    world.user = 'bob';
    world.putKey('k', { dataSize: 4n, ownerName: 'bob', type: RATIS, factor: ReplicationFactor.ONE });
    expect(world.key('k')).toEqual({
      ...first,
      dataSize: 4n,
      factor: ReplicationFactor.ONE,
      modificationTime: 1060n,
      updateID: 6n,
      metadata: undefined,
      tags: undefined,
    });
    expect(world.usage()).toEqual({ bytes: 4n, entries: 1n });
  });

  it('let sessions of one key go on side by side; the last commit wins (NS-KEY-4)', () => {
    const first = world.openKey('k');
    const second = world.openKey('k');
    expect(first).not.toBe(second);
    world.commitKey('k', second, { dataSize: 2n });
    expect(world.key('k')).toMatchObject({ dataSize: 2n, objectID: 4n << 8n });
    world.commitKey('k', first, { dataSize: 1n });
    expect(world.key('k')).toMatchObject({ dataSize: 1n, objectID: 3n << 8n, updateID: 6n });
    expect(world.usage()).toEqual({ bytes: 3n, entries: 1n });
  });

  it('keep older versions in a bucket with versions', () => {
    world.createBucket('vol', 'versions', { isVersionEnabled: true });
    const there = { bucketName: 'versions' };
    const first = world.openKey('k', { ...there, dataSize: 5n });
    world.commitKey('k', first, { ...there, dataSize: 5n });
    world.putKey('k', { ...there, dataSize: 6n });
    expect(world.key('k', there)).toMatchObject({ latestVersion: 1n, dataSize: 6n });
    expect(world.key('k', there)?.keyLocationList?.map(({ version }) => version)).toEqual([0n, 1n]);
    const latest = world.key('k', { ...there, latestVersionLocation: true });
    expect(latest?.keyLocationList?.map(({ version }) => version)).toEqual([1n]);
    expect(world.usage('versions').entries).toBe(1n);
  });

  it.each<[string, object, object | string]>([
    ['RATIS of one', { type: RATIS, factor: ReplicationFactor.ONE }, { type: RATIS, factor: ReplicationFactor.ONE }],
    ['one node', { type: STAND_ALONE, factor: ReplicationFactor.ONE }, { type: STAND_ALONE }],
    [
      'an erasure code',
      { type: EC, ecReplicationConfig: { data: 3, parity: 2, codec: 'rs', ecChunkSize: 1024 * 1024 } },
      {
        type: EC,
        ecReplicationConfig: { data: 3, parity: 2, codec: 'rs', ecChunkSize: 1024 * 1024 },
      },
    ],
    ['nothing', {}, { type: RATIS, factor: ReplicationFactor.THREE }],
    ['NONE', { type: ReplicationType.NONE, factor: 0 }, { type: RATIS, factor: ReplicationFactor.THREE }],
    ['no factor', { type: RATIS }, 'INVALID_REQUEST'],
    ['a chain', { type: CHAINED, factor: ReplicationFactor.ONE }, 'INVALID_REQUEST'],
    ['a code without numbers', { type: EC }, 'INVALID_REQUEST'],
    [
      'an odd code',
      { type: EC, ecReplicationConfig: { data: 4, parity: 2, codec: 'rs', ecChunkSize: 1024 * 1024 } },
      'INVALID_REQUEST',
    ],
    [
      'an unknown code',
      { type: EC, ecReplicationConfig: { data: 3, parity: 2, codec: 'x', ecChunkSize: 1024 * 1024 } },
      'INVALID_REQUEST',
    ],
  ])('take the replication that is asked for: %s', (_title, fields, expected) => {
    const answer = world.createKey('k', fields);
    if (typeof expected === 'string') expect(statusName(answer)).toBe(expected);
    else expect(answer.body.createKeyResponse?.keyInfo).toMatchObject(expected);
  });

  it('take the default replication of the bucket', () => {
    world.createBucket('vol', 'ones', { defaultReplicationConfig: { type: RATIS, factor: ReplicationFactor.ONE } });
    world.putKey('k', { bucketName: 'ones', dataSize: 5n });
    expect(world.usage('ones').bytes).toBe(5n);
  });

  it('pass on what the bucket has for its keys, once', () => {
    const right = { type: OzoneAclType.USER, name: 'u', rights: Uint8Array.of(2), aclScope: OzoneAclScope.DEFAULT };
    world.createBucket('vol', 'shared', { acls: [right] });
    const acls = [{ ...right, aclScope: OzoneAclScope.ACCESS, rights: Uint8Array.of(1) }];
    const { body } = world.createKey('k', { bucketName: 'shared', acls });
    expect(body.createKeyResponse?.keyInfo?.acls?.map(({ name, rights }) => [name, rights[0]])).toEqual([
      ['root', 0x80],
      ['u', 3],
    ]);
  });

  describe('with content', () => {
    it.each([
      [1n, 1],
      [256n * MiB, 1],
      [256n * MiB + 1n, 2],
      [2n ** 62n, 64],
      [2n ** 64n - 1n, 0],
    ])('give %i bytes %i blocks', (dataSize, count) => {
      const { body } = world.createKey('k', { dataSize });
      const blocks = body.createKeyResponse?.keyInfo?.keyLocationList?.[0]?.keyLocations ?? [];
      expect(blocks).toHaveLength(count);
      const ids = blocks.map(({ blockID }) => blockID.containerBlockID.localID);
      expect(new Set(ids).size).toBe(count);
      for (const { length, offset, pipeline } of blocks) {
        expect([length, offset, pipeline?.type]).toEqual([256n * MiB, 0n, RATIS]);
      }
    });

    it('keep the blocks that were written, as far as they were given', () => {
      const { body } = world.createKey('k', { dataSize: 257n * MiB });
      const { ID = 0n, keyInfo } = body.createKeyResponse ?? {};
      const [first, second] = keyInfo?.keyLocationList?.[0]?.keyLocations ?? [];
      if (first === undefined || second === undefined) throw new Error('two blocks were expected');
      const foreign = { ...first, blockID: { containerBlockID: { containerID: 9n, localID: 9n } } };
      const keyLocations = [{ ...second, length: 7n }, foreign, { ...second, length: 8n }];
      expect(statusName(world.commitKey('k', ID, { dataSize: 7n, keyLocations }))).toBe('OK');
      const kept = world.key('k')?.keyLocationList?.[0]?.keyLocations;
      expect(kept).toEqual([{ ...second, length: 7n, pipeline: second.pipeline }]);
      expect(world.key('k', { headOp: true })?.keyLocationList?.[0]?.keyLocations?.[0]?.pipeline).toBeUndefined();
      expect(world.usage().bytes).toBe(21n);
    });
  });

  describe('with an expectation (NS-KEY-13)', () => {
    it.each([
      [0n, 'KEY_ALREADY_EXISTS'],
      [3n, 'KEY_NOT_FOUND'],
      [4n, 'OK'],
      [5n, 'KEY_NOT_FOUND'],
    ])('of generation %i over generation 4', (expectedDataGeneration, expected) => {
      world.putKey('k');
      expect(world.key('k')?.updateID).toBe(4n);
      expect(statusName(world.createKey('k', { expectedDataGeneration }))).toBe(expected);
    });

    it.each([
      [0n, 'OK'],
      [1n, 'KEY_NOT_FOUND'],
    ])('of generation %i over nothing', (expectedDataGeneration, expected) => {
      expect(statusName(world.createKey('k', { expectedDataGeneration }))).toBe(expected);
    });

    it('finds at the commit that it is no longer met, and changes nothing', () => {
      world.putKey('k');
      const session = world.openKey('k', { expectedDataGeneration: 4n });
      world.putKey('k', { dataSize: 5n });
      const before = world.state.dump();
      expect(statusName(world.commitKey('k', session))).toBe('ATOMIC_WRITE_CONFLICT');
      expect(world.state.dump()).toEqual(before);
    });

    it('finds at the commit that a key has come', () => {
      const session = world.openKey('k', { expectedDataGeneration: 0n });
      world.putKey('k');
      expect(statusName(world.commitKey('k', session))).toBe('ATOMIC_WRITE_CONFLICT');
    });

    it('is not kept by the key', () => {
      world.putKey('k');
      world.putKey('k', { expectedDataGeneration: 4n });
      expect(world.key('k')?.expectedDataGeneration).toBeUndefined();
      expect(statusName(world.putKey('k'))).toBe('OK');
    });

    it('of an ETag', () => {
      expect(statusName(world.createKey('k', { expectedETag: 'e' }))).toBe('KEY_NOT_FOUND');
      world.putKey('k');
      expect(statusName(world.createKey('k', { expectedETag: 'e' }))).toBe('ETAG_NOT_AVAILABLE');
      world.putKey('k', { metadata: [{ key: 'ETag', value: 'e' }] });
      expect(statusName(world.createKey('k', { expectedETag: 'f' }))).toBe('ETAG_MISMATCH');
      const session = world.openKey('k', { expectedETag: 'e' });
      world.putKey('k', { metadata: [{ key: 'ETag', value: 'e' }] });
      expect(statusName(world.commitKey('k', session))).toBe('ATOMIC_WRITE_CONFLICT');
    });
  });

  describe('at the limit of the bucket (NS-QTA-2)', () => {
    it('of entries', () => {
      world.createBucket('vol', 'small', { quotaInNamespace: 1n });
      const there = { bucketName: 'small' };
      const early = world.openKey('late', there);
      world.putKey('k', there);
      const before = world.state.dump();
      expect(statusName(world.createKey('k2', there))).toBe('QUOTA_EXCEEDED');
      expect(statusName(world.createKey('k', there))).toBe('QUOTA_EXCEEDED');
      expect(statusName(world.commitKey('late', early, there))).toBe('QUOTA_EXCEEDED');
      expect(world.state.dump()).toEqual(before);
    });

    it('of bytes, all replicas counted', () => {
      world.createVolume('big', { quotaInBytes: 2n ** 64n - 1n });
      world.createBucket('big', 'small', { quotaInBytes: 30n });
      const there = { volumeName: 'big', bucketName: 'small' };
      const [first, second] = [world.openKey('a', there), world.openKey('b', there)];
      expect(statusName(world.commitKey('a', first, { ...there, dataSize: 11n }))).toBe('QUOTA_EXCEEDED');
      expect(statusName(world.commitKey('a', first, { ...there, dataSize: 10n }))).toBe('OK');
      expect(statusName(world.commitKey('b', second, { ...there, dataSize: 1n }))).toBe('QUOTA_EXCEEDED');
      expect(statusName(world.commitKey('b', second, there))).toBe('OK');
      expect(statusName(world.createKey('c', { ...there, dataSize: 1n }))).toBe('QUOTA_EXCEEDED');
    });
  });

  it.each([
    ['no volume', { volumeName: 'none' }, 'VOLUME_NOT_FOUND'],
    ['no bucket', { bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
    ['no name of a volume', { volumeName: '' }, 'INVALID_VOLUME_NAME'],
    ['no name of a bucket', { bucketName: '' }, 'INVALID_BUCKET_NAME'],
    ['a reserved name', { keyName: '.snapshot/s' }, 'INVALID_KEY_NAME'],
    ['the reserved name', { keyName: '.snapshot' }, 'INVALID_KEY_NAME'],
    ['a name that only begins so', { keyName: '.snapshots' }, 'OK'],
    ['no name', { keyName: '' }, 'INVALID_KEY_NAME'],
    ['NUL in the name', { keyName: 'a\u0000b' }, 'INVALID_PATH'],
    ['NUL, and a generation that is not there', { keyName: 'a\u0000', expectedDataGeneration: 9n }, 'KEY_NOT_FOUND'],
    ['a reserved name and no factor', { keyName: '.snapshot', type: RATIS }, 'INVALID_KEY_NAME'],
    ['NUL in the name and no factor', { keyName: '\u0000', type: RATIS }, 'INVALID_REQUEST'],
    ['a part of an upload', { isMultipartKey: true, multipartUploadID: 'u' }, 'NO_SUCH_MULTIPART_UPLOAD_ERROR'],
    ['metadata twice', { metadata: [{ key: 'm' }, { key: 'm' }] }, 'INVALID_REQUEST'],
    ['tags twice', { tags: [{ key: 'm' }, { key: 'm' }] }, 'INVALID_REQUEST'],
  ])('with %s', (_title, fields, expected) => {
    const before = world.state.dump();
    expect(statusName(world.createKey('k', fields))).toBe(expected);
    if (expected !== 'OK') expect(world.state.dump()).toEqual(before);
  });

  it.each([{ hsync: true }, { recovery: true }])('do not know %j', (flag) => {
    const clientID = world.openKey('k');
    const before = world.state.dump();
    const answer = world.run(Type.CommitKey, { commitKeyRequest: { keyArgs: keyArgs('k'), clientID, ...flag } });
    expect(statusName(answer)).toBe('NOT_SUPPORTED_OPERATION');
    expect(world.state.dump()).toEqual(before);
  });

  it.each([' ', '\u3000', '/', 'a//b', 'a/', '😀\uFFFD', 'é', 'e\u0301', 'x'.repeat(1024), 'a\nb', '.', '..'])(
    'take the name %j as it is (NS-KEY-10)',
    (name) => {
      expect(statusName(world.putKey(name))).toBe('OK');
      expect(world.key(name)?.keyName).toBe(name);
    },
  );

  it('show no key of a bucket that had the name before (NS-BKT-8)', () => {
    const session = world.openKey('k');
    world.deleteBucket('vol', 'bucket');
    expect(statusName(world.commitKey('k', session))).toBe('BUCKET_NOT_FOUND');
    world.createBucket('vol', 'bucket');
    expect(statusName(world.commitKey('k', session))).toBe('KEY_NOT_FOUND');
    expect(world.usage()).toEqual({ bytes: 0n, entries: 0n });
  });

  it('work through links, and answer with the names of their source (NS-BKT-9)', () => {
    world.createBucket('vol', 'link', { sourceVolume: 'vol', sourceBucket: 'bucket' });
    world.createBucket('vol', 'link2', { sourceVolume: 'vol', sourceBucket: 'link' });
    expect(statusName(world.putKey('k', { bucketName: 'link2', dataSize: 5n }))).toBe('OK');
    expect(world.key('k')).toMatchObject({ bucketName: 'bucket', dataSize: 5n });
    expect(world.key('k', { bucketName: 'link2' })).toEqual(world.key('k'));
    expect(world.bucket('vol', 'link2')).toMatchObject({ usedNamespace: 1n, usedBytes: 15n, sourceBucket: 'link' });
    expect(statusName(world.deleteBucket('vol', 'bucket'))).toBe('BUCKET_NOT_EMPTY');
    expect(statusName(world.deleteBucket('vol', 'link2'))).toBe('OK');
    expect(world.key('k')).toMatchObject({ dataSize: 5n });
  });

  it.each(['loop1', 'loop2', 'outside'])('see that link %s leads nowhere (NS-BKT-9)', (bucketName) => {
    world.createBucket('vol', 'loop1', { sourceVolume: 'vol', sourceBucket: 'loop2' });
    world.createBucket('vol', 'loop2', { sourceVolume: 'vol', sourceBucket: 'loop1' });
    world.createBucket('vol', 'outside', { sourceVolume: 'vol', sourceBucket: 'loop1' });
    expect(statusName(world.createKey('k', { bucketName }))).toBe('DETECTED_LOOP_IN_BUCKET_LINKS');
    expect(statusName(world.lookupKey('k', { bucketName }))).toBe('DETECTED_LOOP_IN_BUCKET_LINKS');
    expect(statusName(world.infoBucket('vol', bucketName))).toBe('DETECTED_LOOP_IN_BUCKET_LINKS');
  });

  it('see that a link has lost its source', () => {
    world.createBucket('vol', 'link', { sourceVolume: 'vol', sourceBucket: 'gone' });
    world.createBucket('vol', 'link2', { sourceVolume: 'gone', sourceBucket: 'gone' });
    expect(statusName(world.createKey('k', { bucketName: 'link' }))).toBe('BUCKET_NOT_FOUND');
    expect(statusName(world.createKey('k', { bucketName: 'link2' }))).toBe('VOLUME_NOT_FOUND');
    expect(statusName(world.infoBucket('vol', 'link'))).toBe('OK');
  });
});
