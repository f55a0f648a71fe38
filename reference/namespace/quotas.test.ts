import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { Status } from './answers.js';
import {
  bucketCountFault,
  bucketSpaceFault,
  changedQuota,
  type QuotaFault,
  signed,
  unsigned,
  volumeCountFault,
  volumeSpaceFault,
} from './quotas.js';
import type { BucketInfo } from './records.js';

function bucket(quotaInBytes?: bigint, link = false): BucketInfo {
  return {
    volumeName: 'v',
    bucketName: 'b',
    isVersionEnabled: false,
    storageType: hadoop.hdds.StorageTypeProto.DISK,
    ...(quotaInBytes === undefined ? {} : { quotaInBytes }),
    ...(link ? { sourceVolume: 's', sourceBucket: 't' } : {}),
  };
}

function shown(fault: QuotaFault | undefined): string {
  return fault === undefined ? 'OK' : (Status[fault.status] ?? '');
}

/** Rows of docs/observations/ozone-2.2.0-volumes.md, "quotas". */
describe('a new bucket and the space quota of its volume', () => {
  it.each([
    [0n, bucket(), [], 'OK'],
    [0n, bucket(10n), [], 'QUOTA_EXCEEDED'],
    [-1n, bucket(10n), [], 'OK'],
    [-1n, bucket(0n), [], 'OK'],
    [-2n, bucket(10n), [], 'QUOTA_EXCEEDED'],
    [-3n, bucket(10n), [], 'QUOTA_EXCEEDED'],
    [-(2n ** 63n), bucket(), [], 'OK'],
    [1000n, bucket(), [], 'QUOTA_ERROR'],
    [1000n, bucket(0n), [], 'QUOTA_ERROR'],
    [1000n, bucket(-1n), [], 'QUOTA_ERROR'],
    [1000n, bucket(undefined, true), [], 'OK'],
    [1000n, bucket(2000n, true), [], 'OK'],
    [0n, bucket(10n, true), [], 'OK'],
    [1000n, bucket(1000n), [], 'OK'],
    [1000n, bucket(1001n), [], 'QUOTA_EXCEEDED'],
    [1000n, bucket(400n), [bucket(600n)], 'OK'],
    [1000n, bucket(401n), [bucket(600n)], 'QUOTA_EXCEEDED'],
    [100n, bucket(60n), [bucket(50n, true)], 'QUOTA_EXCEEDED'],
    [100n, bucket(50n), [bucket(50n), bucket(-2n), bucket()], 'OK'],
  ] as const)('%s, %o beside %o: %s', (volume, asked, present, expected) => {
    expect(shown(bucketSpaceFault(volume, asked, present))).toBe(expected);
  });
});

describe('a new bucket and the namespace quota of its volume', () => {
  it.each([
    [1n, 0n, 'OK'],
    [1n, 1n, 'QUOTA_EXCEEDED'],
    [0n, 7n, 'OK'],
    [-1n, 7n, 'OK'],
    [-2n, 7n, 'OK'],
    [-3n, 7n, 'OK'],
  ])('%s with %s buckets: %s', (quota, buckets, expected) => {
    expect(shown(bucketCountFault(quota, buckets))).toBe(expected);
  });
});

describe('a new quota of a volume', () => {
  it.each([
    [100n, [bucket(600n), bucket(1n)], 'QUOTA_EXCEEDED'],
    [601n, [bucket(600n), bucket(1n)], 'OK'],
    [-1n, [bucket(600n), bucket()], 'OK'],
    [0n, [bucket()], 'OK'],
    [1000n, [bucket()], 'QUOTA_ERROR'],
    [1000n, [bucket(-1n)], 'QUOTA_ERROR'],
    [1000n, [bucket(0n)], 'OK'],
    [1000n, [bucket(undefined, true)], 'OK'],
    [1000n, [bucket(2000n, true), bucket(1000n)], 'OK'],
  ] as const)('of space: %s over %o: %s', (asked, buckets, expected) => {
    expect(shown(volumeSpaceFault(asked, buckets))).toBe(expected);
  });

  it.each([
    [1n, 2n, 'QUOTA_EXCEEDED'],
    [2n, 2n, 'OK'],
    [-1n, 2n, 'OK'],
    [0n, 2n, 'OK'],
  ])('of namespace: %s over %s buckets: %s', (asked, buckets, expected) => {
    expect(shown(volumeCountFault(asked, buckets))).toBe(expected);
  });

  it.each([
    [5n, 7n, 7n],
    [5n, 2n ** 64n - 1n, -1n],
    [5n, 0n, 5n],
    [5n, 2n ** 64n - 2n, 5n],
    [5n, 2n ** 63n, 5n],
    [5n, 2n ** 63n - 1n, 2n ** 63n - 1n],
    [5n, undefined, 5n],
  ])('%s, asked for %s, becomes %s', (present, asked, expected) => {
    expect(changedQuota(present, asked)).toBe(expected);
  });

  it('is uint64 on the wire', () => {
    expect(unsigned(-1n)).toBe(2n ** 64n - 1n);
    expect(signed(2n ** 64n - 1n)).toBe(-1n);
  });
});
