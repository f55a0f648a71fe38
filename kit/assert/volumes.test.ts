import { describe, expect, it } from 'vitest';
import { assertCreationTime } from './creation-time.js';
import { assertMissing } from './missing.js';
import { ALPHA, answered, BOX, bucket, failureOf, notLeader, volume } from './test/outcomes.js';
import { assertBucketUnchanged, assertPartKept, assertVolumeUnchanged } from './unchanged.js';
import { assertOwner } from './volume-owner.js';
import { assertQuota } from './volume-quota.js';

const MISSING = answered('VOLUME_NOT_FOUND');

describe('volume-owner', () => {
  it('takes the volume with its owner', () => {
    assertOwner(volume(), 'alpha', 'ann');
  });
  it.each([
    [volume({ ownerName: 'bob' }), 'found volume alpha with owner "bob"'],
    [volume({ volume: 'beta' }), 'found volume beta with owner "ann"'],
    [MISSING, 'found VOLUME_NOT_FOUND from om1'],
    [answered('OK'), 'found OK from om1'],
  ])('fails for another owner, another volume, none, and an answer without one', (read, found) => {
    expect(failureOf(() => assertOwner(read, 'alpha', 'ann'))).toEqual({
      assertion: 'volume-owner',
      message: `expected volume alpha with owner "ann", ${found}`,
      calls: [7],
    });
  });
});

describe('volume-quota', () => {
  it('takes the quota, and bytes alone where no buckets are named', () => {
    assertQuota(volume(), 'alpha', { bytes: 5n, buckets: 7n });
    assertQuota(volume(), 'alpha', { bytes: 5n, buckets: undefined });
  });
  it('takes no limit as the unsigned −1 that bytes have on the wire', () => {
    assertQuota(volume({ quotaInBytes: 2n ** 64n - 1n, quotaInNamespace: -1n }), 'alpha', { bytes: -1n, buckets: -1n });
  });
  it.each([
    [volume({ quotaInBytes: 6n }), 'found volume alpha with a quota of 6 bytes and 7 buckets'],
    [volume({ quotaInNamespace: 8n }), 'found volume alpha with a quota of 5 bytes and 8 buckets'],
    [
      volume({ quotaInBytes: undefined, quotaInNamespace: undefined }),
      'found volume alpha with a quota of nothing bytes',
    ],
    [MISSING, 'found VOLUME_NOT_FOUND from om1'],
  ])('fails for another quota and for none', (read, found) => {
    expect(failureOf(() => assertQuota(read, 'alpha', { bytes: 5n, buckets: 7n }))).toEqual({
      assertion: 'volume-quota',
      message: `expected volume alpha with a quota of 5 bytes and 7 buckets, ${found}`,
      calls: [7],
    });
  });
  it('tells numbers apart that are one double', () => {
    const large = 2n ** 62n + 1n;
    assertQuota(volume({ quotaInBytes: large }), 'alpha', { bytes: large, buckets: undefined });
    expect(
      failureOf(() => assertQuota(volume({ quotaInBytes: large - 1n }), 'alpha', { bytes: large, buckets: undefined }))
        .assertion,
    ).toBe('volume-quota');
  });
});

describe('creation-time', () => {
  it('takes milliseconds', () => {
    assertCreationTime(volume(), 'alpha');
  });
  it.each([
    [volume({ creationTime: 0n }), 'found volume alpha with creation time 0'],
    [volume({ creationTime: undefined }), 'found volume alpha with creation time nothing'],
    [volume({ creationTime: 1_700_000_000n }), 'found volume alpha with creation time 1700000000'],
    [volume({ creationTime: 1_700_000_000_000_000n }), 'found volume alpha with creation time 1700000000000000'],
    [MISSING, 'found VOLUME_NOT_FOUND from om1'],
  ])('fails for none, seconds, microseconds', (read, found) => {
    expect(failureOf(() => assertCreationTime(read, 'alpha'))).toEqual({
      assertion: 'creation-time',
      message: `expected volume alpha with a creation time in milliseconds since 1970, between the years 2020 and 2100, ${found}`,
      calls: [7],
    });
  });
});

describe('volume-unchanged', () => {
  it('takes the same record', () => {
    assertVolumeUnchanged(volume(), ALPHA);
  });
  it('names the fields that differ', () => {
    expect(failureOf(() => assertVolumeUnchanged(volume({ ownerName: 'bob', updateID: 9n }), ALPHA))).toEqual({
      assertion: 'volume-unchanged',
      message:
        'expected volume alpha as it was, with ownerName "ann", updateID nothing, found volume alpha with ownerName "bob", updateID 9',
      calls: [7],
    });
  });
  it('fails where it is gone', () => {
    expect(failureOf(() => assertVolumeUnchanged(MISSING, ALPHA)).message).toBe(
      'expected volume alpha as it was, found VOLUME_NOT_FOUND from om1',
    );
  });
});

describe('bucket-unchanged', () => {
  it('takes the same record', () => {
    assertBucketUnchanged(bucket(), BOX);
  });
  it('fails where it differs', () => {
    expect(failureOf(() => assertBucketUnchanged(bucket({ objectID: 3n }), BOX))).toEqual({
      assertion: 'bucket-unchanged',
      message:
        'expected bucket box in volume alpha as it was, with objectID nothing, found bucket box in volume alpha with objectID 3',
      calls: [7],
    });
  });
});

describe('volume-part-kept', () => {
  it('looks at the part alone', () => {
    assertPartKept(volume({ ownerName: 'bob' }), ALPHA, 'quota');
    assertPartKept(volume({ quotaInBytes: 9n, modificationTime: 1n }), ALPHA, 'owner');
    assertPartKept(volume({ ownerName: 'bob' }), ALPHA, 'creation time');
  });
  it.each([
    ['owner', volume({ ownerName: 'bob' }), 'ownerName "ann"', 'ownerName "bob"'],
    [
      'quota',
      volume({ quotaInNamespace: -2n }),
      'quotaInBytes 5, quotaInNamespace 7',
      'quotaInBytes 5, quotaInNamespace -2',
    ],
    ['creation time', volume({ creationTime: 1n }), 'creationTime 1700000000000', 'creationTime 1'],
  ] as const)('fails where the %s changed', (part, read, before, after) => {
    expect(failureOf(() => assertPartKept(read, ALPHA, part))).toEqual({
      assertion: 'volume-part-kept',
      message: `expected volume alpha with ${before}, as before, found volume alpha with ${after}`,
      calls: [7],
    });
  });
  it('fails where it is gone', () => {
    expect(failureOf(() => assertPartKept(MISSING, ALPHA, 'owner')).assertion).toBe('volume-part-kept');
  });
});

describe('missing', () => {
  it('takes a read that says so', () => {
    assertMissing(MISSING, 'volume alpha');
    assertMissing(answered('BUCKET_NOT_FOUND'), 'bucket box');
  });
  it.each([
    [volume(), 'found OK from om1'],
    [answered('INTERNAL_ERROR'), 'found INTERNAL_ERROR from om1'],
    [
      notLeader(),
      'found gRPC INTERNAL from om1 (o.a.OMNotLeaderException: OM:om1 is not the leader. Could not determine the leader node.)',
    ],
  ])('fails where it is there, and where a read does not say', (read, found) => {
    expect(failureOf(() => assertMissing(read, 'volume alpha'))).toEqual({
      assertion: 'missing',
      message: `expected no volume alpha, ${found}`,
      calls: [7],
    });
  });
});
