import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { BucketLayoutProto, Status, statusName, World } from '../../test/world.js';

const { OzoneAclType, OzoneAclScope } = hadoop.ozone.OzoneAclInfo;
const { StorageTypeProto, ReplicationType } = hadoop.hdds;
const { RATIS, EC } = ReplicationType;
const CODE = { data: 6, parity: 3, codec: 'rs', ecChunkSize: 1024 * 1024 };

describe('CreateBucket, InfoBucket, DeleteBucket', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.createVolume('vol');
  });

  it('make, show and remove a bucket, and count it in its volume', () => {
    world.user = 'alice';
    expect(world.createBucket('vol', 'bucket')).toEqual({ status: Status.OK, body: { createBucketResponse: {} } });
    expect(world.bucket('vol', 'bucket')).toEqual({
      volumeName: 'vol',
      bucketName: 'bucket',
      acls: [{ type: OzoneAclType.USER, name: 'alice', rights: Buffer.from([0x80]), aclScope: OzoneAclScope.ACCESS }],
      isVersionEnabled: false,
      storageType: StorageTypeProto.DISK,
      creationTime: 1020n,
      modificationTime: 1020n,
      objectID: 2n << 8n,
      updateID: 2n,
      usedBytes: 0n,
      usedNamespace: 0n,
      snapshotUsedBytes: 0n,
      snapshotUsedNamespace: 0n,
      quotaInBytes: -2n,
      quotaInNamespace: -2n,
      bucketLayout: BucketLayoutProto.OBJECT_STORE,
    });
    // The volume itself is not touched by it.
    expect(world.volume('vol')).toMatchObject({ usedNamespace: 1n, updateID: 1n, modificationTime: 1010n });
    expect(statusName(world.deleteBucket('vol', 'bucket'))).toBe('OK');
    expect(statusName(world.infoBucket('vol', 'bucket'))).toBe('BUCKET_NOT_FOUND');
    expect(world.volume('vol')?.usedNamespace).toBe(0n);
  });

  it('give a name that is used again a new id (NS-BKT-8)', () => {
    world.createBucket('vol', 'bucket');
    const first = world.bucket('vol', 'bucket')?.objectID;
    world.deleteBucket('vol', 'bucket');
    world.createBucket('vol', 'bucket');
    expect(world.bucket('vol', 'bucket')?.objectID).not.toBe(first);
  });

  it.each([
    ['create', (w: World) => w.createBucket('none', 'bucket'), 'VOLUME_NOT_FOUND'],
    ['info', (w: World) => w.infoBucket('none', 'bucket'), 'VOLUME_NOT_FOUND'],
    ['delete', (w: World) => w.deleteBucket('none', 'bucket'), 'BUCKET_NOT_FOUND'],
    ['info of a missing bucket', (w: World) => w.infoBucket('vol', 'none'), 'BUCKET_NOT_FOUND'],
    ['delete of a missing bucket', (w: World) => w.deleteBucket('vol', 'none'), 'BUCKET_NOT_FOUND'],
  ])('%s in a missing volume or of a missing bucket (NS-VOL-3)', (_title, run, expected) => {
    const before = world.state.dump();
    expect(statusName(run(world))).toBe(expected);
    expect(world.state.dump()).toEqual(before);
  });

  it('refuse a second bucket of the name', () => {
    world.createBucket('vol', 'bucket');
    const before = world.state.dump();
    expect(statusName(world.createBucket('vol', 'bucket', { quotaInBytes: 5000n }))).toBe('BUCKET_ALREADY_EXISTS');
    expect(world.state.dump()).toEqual(before);
  });

  it.each([
    ['', {}, 'INVALID_BUCKET_NAME'],
    ['b1', {}, 'INVALID_BUCKET_NAME'],
    ['under_s', {}, 'INVALID_BUCKET_NAME'],
    ['bucket', { sourceVolume: 'x' }, 'INVALID_REQUEST'],
    ['bucket', { sourceBucket: 'x' }, 'INVALID_REQUEST'],
    ['bucket', { metadata: [{ key: 'k' }, { key: 'k' }] }, 'INVALID_REQUEST'],
    ['bucket', { beinfo: { keyName: 'k' } }, 'INVALID_KMS_PROVIDER'],
  ])('refuse to make %j with %j before they plan', (name, fields, expected) => {
    expect(statusName(world.createBucket('none', name, fields))).toBe(expected);
    expect(world.refusedBefore).toBe(true);
  });

  it('keep what the request may say and set the rest', () => {
    world.createBucket('vol', 'bucket', {
      isVersionEnabled: true,
      storageType: StorageTypeProto.SSD,
      owner: 'zed',
      quotaInNamespace: 10n,
      metadata: [{ key: 'k', value: 'v' }],
      sourceVolume: 'a',
      sourceBucket: 'b',
      objectID: 5n,
      updateID: 6n,
      usedBytes: 7n,
      usedNamespace: 8n,
      creationTime: 9n,
      raftGroup: { mostSigBits: 1n, leastSigBits: 2n },
    });
    const bucket = world.bucket('vol', 'bucket');
    expect(bucket).toMatchObject({
      isVersionEnabled: true,
      storageType: StorageTypeProto.SSD,
      owner: 'zed',
      quotaInNamespace: 10n,
      metadata: [{ key: 'k', value: 'v' }],
      sourceVolume: 'a',
      sourceBucket: 'b',
      objectID: 512n,
      updateID: 2n,
      usedBytes: 0n,
      usedNamespace: 0n,
      creationTime: 1020n,
    });
    expect(bucket?.raftGroup).toBeUndefined();
  });

  it.each<[string, object, object | string]>([
    ['RATIS of three', { type: RATIS, factor: 3 }, { type: RATIS, factor: 3 }],
    ['RATIS of no stated factor', { type: RATIS }, { type: RATIS, factor: 1 }],
    ['an erasure code', { type: EC, ecReplicationConfig: CODE }, { type: EC, ecReplicationConfig: CODE }],
    ['an erasure code without numbers', { type: EC }, 'INVALID_REQUEST'],
    ['nothing', { type: ReplicationType.NONE }, 'INVALID_REQUEST'],
  ])('keep a good default replication: %s', (_title, config, expected) => {
    const answer = world.createBucket('vol', 'bucket', { defaultReplicationConfig: config as { type: typeof RATIS } });
    if (typeof expected === 'string') expect(statusName(answer)).toBe(expected);
    else expect(world.bucket('vol', 'bucket')?.defaultReplicationConfig).toEqual(expected);
  });

  it('choose the layout of upstream when none is asked for', () => {
    world.createBucket('vol', 'bucket', { bucketLayout: undefined });
    expect(world.bucket('vol', 'bucket')?.bucketLayout).toBe(BucketLayoutProto.FILE_SYSTEM_OPTIMIZED);
  });

  it('take over the default access control entries of the volume', () => {
    world.createVolume('vol2', {
      volumeAcls: [{ type: OzoneAclType.USER, name: 'u', rights: Uint8Array.of(2), aclScope: OzoneAclScope.DEFAULT }],
    });
    world.createBucket('vol2', 'bucket');
    expect(world.bucket('vol2', 'bucket')?.acls?.map(({ name, aclScope }) => [name, aclScope])).toEqual([
      ['root', OzoneAclScope.ACCESS],
      ['u', OzoneAclScope.ACCESS],
    ]);
  });

  it('respect the quotas of the volume', () => {
    world.createVolume('limited', { quotaInBytes: 1000n, quotaInNamespace: 2n });
    expect(statusName(world.createBucket('limited', 'none'))).toBe('QUOTA_ERROR');
    expect(statusName(world.createBucket('limited', 'much', { quotaInBytes: 2000n }))).toBe('QUOTA_EXCEEDED');
    expect(statusName(world.createBucket('limited', 'one', { quotaInBytes: 600n }))).toBe('OK');
    expect(statusName(world.createBucket('limited', 'two', { quotaInBytes: 399n }))).toBe('OK');
    expect(statusName(world.createBucket('limited', 'three', { quotaInBytes: 1n }))).toBe('QUOTA_EXCEEDED');
    world.deleteBucket('limited', 'two');
    expect(statusName(world.createBucket('limited', 'three', { quotaInBytes: 1n }))).toBe('OK');
    expect(world.volume('limited')?.usedNamespace).toBe(2n);
  });
});
