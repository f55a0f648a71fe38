import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { Answer, OMRequest } from '../../command.js';
import { statusName, Type, World } from '../../test/world.js';

const { StorageTypeProto, ReplicationType, ReplicationFactor } = hadoop.hdds;
const NO_LIMIT = 2n ** 64n - 1n;
type BucketArgs = NonNullable<NonNullable<OMRequest['setBucketPropertyRequest']>['bucketArgs']>;

describe('SetBucketProperty', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.createVolume('vol', { quotaInBytes: NO_LIMIT });
    world.createBucket('vol', 'bucket', { owner: 'alice', metadata: [{ key: 'a', value: '1' }] });
  });

  function set(fields: Partial<BucketArgs>): Answer {
    const bucketArgs = { volumeName: 'vol', bucketName: 'bucket', ...fields };
    return world.run(Type.SetBucketProperty, { setBucketPropertyRequest: { bucketArgs } });
  }

  it.each<[string, Partial<BucketArgs>, object]>([
    ['nothing', {}, {}],
    ['versioning', { isVersionEnabled: true }, { isVersionEnabled: true }],
    ['storage', { storageType: StorageTypeProto.ARCHIVE }, { storageType: StorageTypeProto.ARCHIVE }],
    ['space', { quotaInBytes: 10n }, { quotaInBytes: 10n }],
    ['no limit of space', { quotaInBytes: NO_LIMIT }, { quotaInBytes: -1n }],
    ['no space at all, which is passed over', { quotaInBytes: 0n }, {}],
    ['an odd space, which is passed over', { quotaInBytes: NO_LIMIT - 1n }, {}],
    ['entries', { quotaInNamespace: 3n }, { quotaInNamespace: 3n }],
    ['no entries at all, which is passed over', { quotaInNamespace: 0n }, {}],
    [
      'metadata',
      { metadata: [{ key: 'b' }, { key: 'a', value: '2' }] },
      {
        metadata: [
          { key: 'a', value: '2' },
          { key: 'b', value: '' },
        ],
      },
    ],
    [
      'the default replication',
      { defaultReplicationConfig: { type: ReplicationType.RATIS, factor: ReplicationFactor.ONE } },
      { defaultReplicationConfig: { type: ReplicationType.RATIS, factor: ReplicationFactor.ONE } },
    ],
  ])('sets %s and nothing else (NS-BKT-7)', (_title, fields, expected) => {
    const before = world.bucket('vol', 'bucket');
    const volume = world.volume('vol');
    expect(set(fields)).toEqual({ status: 1, body: { setBucketPropertyResponse: {} } });
    expect(world.bucket('vol', 'bucket')).toEqual({ ...before, modificationTime: 1030n, updateID: 3n, ...expected });
    expect(world.volume('vol')).toEqual(volume);
  });

  it('gives the bucket another owner, and then nothing else', () => {
    const before = world.bucket('vol', 'bucket');
    expect(set({ ownerName: 'bob', isVersionEnabled: true }).body).toEqual({
      setBucketPropertyResponse: { response: true },
    });
    expect(world.bucket('vol', 'bucket')).toEqual({ ...before, owner: 'bob', modificationTime: 1030n, updateID: 3n });
  });

  it('changes nothing for the same owner and says so', () => {
    expect(set({ ownerName: 'alice' })).toEqual({
      status: 1,
      body: { setBucketPropertyResponse: { response: false } },
    });
    expect(world.operations).toEqual([]);
  });

  it('takes another owner for a link, and no other property (NS-BKT-9)', () => {
    world.createBucket('vol', 'link', { sourceVolume: 'vol', sourceBucket: 'bucket' });
    expect(statusName(set({ bucketName: 'link', ownerName: 'bob' }))).toBe('OK');
    expect(statusName(set({ bucketName: 'link', isVersionEnabled: true }))).toBe('NOT_SUPPORTED_OPERATION');
  });

  it.each<[string, Partial<BucketArgs>, string]>([
    ['a missing bucket', { bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
    ['a missing volume', { volumeName: 'none' }, 'BUCKET_NOT_FOUND'],
    ['an owner of a missing bucket', { bucketName: 'none', ownerName: 'o' }, 'BUCKET_NOT_FOUND'],
    ['encryption', { bekInfo: { keyName: 'k' } }, 'INVALID_KMS_PROVIDER'],
    ['metadata twice', { metadata: [{ key: 'k' }, { key: 'k' }] }, 'INVALID_REQUEST'],
  ])('refuses %s (NS-VOL-3)', (_title, fields, expected) => {
    const before = world.state.dump();
    expect(statusName(set(fields))).toBe(expected);
    expect(world.state.dump()).toEqual(before);
  });

  it('refuses less than the keys use', () => {
    world.putKey('a', { dataSize: 10n });
    world.putKey('b');
    expect(statusName(set({ quotaInBytes: 29n }))).toBe('QUOTA_ERROR');
    expect(statusName(set({ quotaInBytes: 30n }))).toBe('OK');
    expect(statusName(set({ quotaInNamespace: 1n }))).toBe('QUOTA_ERROR');
    expect(statusName(set({ quotaInNamespace: 2n }))).toBe('OK');
    expect(statusName(world.createKey('c'))).toBe('QUOTA_EXCEEDED');
    expect(statusName(set({ quotaInNamespace: NO_LIMIT }))).toBe('OK');
    expect(statusName(world.createKey('c'))).toBe('OK');
  });

  it('respects the quota of the volume', () => {
    world.createVolume('small', { quotaInBytes: 100n });
    for (const bucketName of ['one', 'two']) world.createBucket('small', bucketName, { quotaInBytes: 40n });
    const there = { volumeName: 'small', bucketName: 'one' };
    expect(statusName(set({ ...there, quotaInBytes: NO_LIMIT }))).toBe('QUOTA_ERROR');
    expect(statusName(set({ ...there, quotaInBytes: 61n }))).toBe('QUOTA_EXCEEDED');
    expect(statusName(set({ ...there, quotaInBytes: 60n }))).toBe('OK');
    expect(statusName(set({ ...there, quotaInBytes: 10n }))).toBe('OK');
  });
});
