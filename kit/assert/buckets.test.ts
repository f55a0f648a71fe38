import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { assertObjectId, assertOtherObjectId } from './bucket-identity.js';
import { assertBucketProperties, assertLayout } from './bucket-properties.js';
import { assertRestKept } from './bucket-rest.js';
import { answered, BOX, bucket, failureOf } from './test/outcomes.js';

const MISSING = answered('BUCKET_NOT_FOUND');
const { BucketLayoutProto } = hadoop.ozone;
const { ReplicationFactor, ReplicationType, StorageTypeProto } = hadoop.hdds;

const PAIRS = [
  { key: 'b', value: '2' },
  { key: 'a', value: '1' },
];
const WHOLE = {
  owner: 'ann',
  isVersionEnabled: true,
  storageType: StorageTypeProto.SSD,
  quotaInBytes: 2n ** 62n + 1n,
  quotaInNamespace: -1n,
  defaultReplicationConfig: { type: ReplicationType.RATIS, factor: ReplicationFactor.ONE },
  metadata: PAIRS,
};

describe('bucket properties', () => {
  it('take a bucket that has them, metadata in whatever order', () => {
    assertBucketProperties(bucket(WHOLE), 'box', {
      owner: 'ann',
      versioning: true,
      storage: 'SSD',
      quotaInBytes: 2n ** 62n + 1n,
      quotaInNames: -1n,
      replication: 'RATIS/ONE',
      metadata: [...PAIRS].reverse(),
    });
  });
  it('know replication by parity', () => {
    const ecReplicationConfig = { data: 3, parity: 2, codec: 'rs', ecChunkSize: 1048576 };
    const read = bucket({ defaultReplicationConfig: { type: ReplicationType.EC, ecReplicationConfig } });
    assertBucketProperties(read, 'box', { replication: 'RS-3-2-1024k' });
    const none = bucket({ defaultReplicationConfig: { type: ReplicationType.STAND_ALONE, factor: 1 } });
    expect(failureOf(() => assertBucketProperties(none, 'box', { replication: 'RATIS/ONE' })).message).toContain(
      'replication nothing',
    );
  });
  it('look at nothing that is not named', () => {
    assertBucketProperties(bucket(WHOLE), 'box', {});
  });
  it.each([
    ['bucket-owner', { owner: 'bob' }, 'owner "bob"', 'owner "ann"'],
    ['bucket-versioning', { versioning: false }, 'versioning false', 'versioning true'],
    ['bucket-storage', { storage: 'DISK' }, 'storage "DISK"', 'storage "SSD"'],
    ['bucket-quota', { quotaInBytes: 2n ** 62n }, `quotaInBytes ${2n ** 62n}`, `quotaInBytes ${2n ** 62n + 1n}`],
    ['bucket-quota', { quotaInNames: 5n }, 'quotaInNames 5', 'quotaInNames -1'],
    ['bucket-replication', { replication: 'RATIS/THREE' }, 'replication "RATIS/THREE"', 'replication "RATIS/ONE"'],
    [
      'bucket-metadata',
      { metadata: [{ key: 'a', value: '1' }] },
      'metadata [{key: "a", value: "1"}]',
      'metadata [{key: "a", value: "1"}, {key: "b", value: "2"}]',
    ],
  ] as const)('%s fails for another value', (assertion, properties, expected, found) => {
    expect(failureOf(() => assertBucketProperties(bucket(WHOLE), 'box', properties))).toEqual({
      assertion,
      message: `expected bucket box with ${expected}, found bucket box with ${found}`,
      calls: [7],
    });
    expect(failureOf(() => assertBucketProperties(MISSING, 'box', properties)).assertion).toBe(assertion);
    expect(failureOf(() => assertBucketProperties(bucket({}), 'bag', properties)).assertion).toBe(assertion);
  });
});

describe('bucket-layout', () => {
  it('takes the layout', () => {
    assertLayout(bucket({ bucketLayout: BucketLayoutProto.LEGACY }), 'box', 'LEGACY');
  });
  it.each([
    [bucket({ bucketLayout: BucketLayoutProto.LEGACY }), 'bucket box of layout LEGACY'],
    [bucket(), 'bucket box of layout nothing'],
    [MISSING, 'BUCKET_NOT_FOUND from om1'],
  ])('fails for another, for none, and for no bucket', (read, found) => {
    expect(failureOf(() => assertLayout(read, 'box', 'OBJECT_STORE'))).toEqual({
      assertion: 'bucket-layout',
      message: `expected bucket box of layout OBJECT_STORE, found ${found}`,
      calls: [7],
    });
  });
});

describe('object-id', () => {
  it('takes any but 0, also one above what is signed', () => {
    assertObjectId(bucket({ objectID: 2n ** 63n + 256n }), 'alpha', 'box');
  });
  it.each([
    [bucket({ objectID: 0n }), 'bucket box in volume alpha with objectID 0'],
    [bucket(), 'bucket box in volume alpha with objectID nothing'],
    [bucket({ objectID: 5n, volumeName: 'beta' }), 'bucket box in volume beta with objectID 5'],
    [MISSING, 'BUCKET_NOT_FOUND from om1'],
  ])('fails for 0, for none, for another bucket and for no bucket', (read, found) => {
    expect(failureOf(() => assertObjectId(read, 'alpha', 'box'))).toEqual({
      assertion: 'object-id',
      message: `expected bucket box in volume alpha with an objectID, found ${found}`,
      calls: [7],
    });
  });
});

describe('object-id-new', () => {
  const before = { ...BOX, objectID: 5n };
  it('takes another', () => {
    assertOtherObjectId(bucket({ objectID: 6n }), before);
  });
  it.each([
    [bucket({ objectID: 5n }), 'bucket box in volume alpha with objectID 5'],
    [bucket(), 'bucket box in volume alpha with objectID nothing'],
    [MISSING, 'BUCKET_NOT_FOUND from om1'],
  ])('fails for the same, for none and for no bucket', (read, found) => {
    expect(failureOf(() => assertOtherObjectId(read, before))).toEqual({
      assertion: 'object-id-new',
      message: `expected bucket box with another objectID than 5, found ${found}`,
      calls: [7],
    });
  });
});

describe('bucket-rest-kept', () => {
  it('looks past the part and the time of the change', () => {
    const read = bucket({ quotaInNamespace: 3n, modificationTime: 9n, updateID: 9n });
    assertRestKept(read, { ...BOX, updateID: 1n }, 'quota of names');
    assertRestKept(bucket({ updateID: 2n }), BOX, 'time of change');
  });
  it.each([
    ['quota of bytes', { quotaInNamespace: 3n }, 'quotaInNamespace nothing', 'quotaInNamespace 3'],
    ['quota of names', { quotaInBytes: 3n }, 'quotaInBytes nothing', 'quotaInBytes 3'],
    ['owner', { isVersionEnabled: true }, 'isVersionEnabled false', 'isVersionEnabled true'],
    ['versioning', { metadata: [PAIRS[0]] }, 'metadata nothing', 'metadata [{key: "b", value: "2"}]'],
    ['time of change', { objectID: 3n }, 'objectID nothing', 'objectID 3'],
  ] as const)('fails where something beside the %s changed', (part, change, before, found) => {
    const read = bucket(change as Parameters<typeof bucket>[0]);
    expect(failureOf(() => assertRestKept(read, BOX, part))).toEqual({
      assertion: 'bucket-rest-kept',
      message: `expected bucket box in volume alpha as it was but for its ${part}, with ${before}, found bucket box in volume alpha with ${found}`,
      calls: [7],
    });
  });
  it('fails where it is gone', () => {
    expect(failureOf(() => assertRestKept(MISSING, BOX, 'owner')).message).toBe(
      'expected bucket box in volume alpha as it was but for its owner, found BUCKET_NOT_FOUND from om1',
    );
  });
});
