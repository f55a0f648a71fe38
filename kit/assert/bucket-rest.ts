/** Observable: a change of a bucket left everything that it did not name (NS-BKT-7). */
import type { Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick } from './found.js';
import { type BucketInfo, bucketIn } from './volume-read.js';

/** Fields that say a part of a bucket. */
const PARTS = {
  owner: ['owner'],
  versioning: ['isVersionEnabled'],
  storage: ['storageType'],
  'quota of bytes': ['quotaInBytes'],
  'quota of names': ['quotaInNamespace'],
  replication: ['defaultReplicationConfig'],
  metadata: ['metadata'],
  'use of names': ['usedNamespace'],
  'time of change': [],
} as const satisfies Record<string, readonly (keyof BucketInfo)[]>;
export type BucketPart = keyof typeof PARTS;
export const BUCKET_PARTS = Object.keys(PARTS) as BucketPart[];

/** Every change moves these. */
const MOVED: readonly string[] = ['modificationTime', 'updateID'];

/** Assertion `bucket-rest-kept`: the bucket reads as before, but for one part of it and for when it was changed. */
export function assertRestKept(read: Outcome, before: BucketInfo, part: BucketPart): void {
  const name = `bucket ${before.bucketName} in volume ${before.volumeName}`;
  const expected = `${name} as it was but for its ${part}`;
  const info = bucketIn(read);
  if (info === undefined) throw failure('bucket-rest-kept', expected, describe(read), [read]);
  const free: readonly string[] = [...PARTS[part], ...MOVED];
  const changed = differingFields(before, info).filter((field) => !free.includes(field));
  if (changed.length === 0) return;
  throw failure(
    'bucket-rest-kept',
    `${expected}, with ${pick(before, changed)}`,
    `${name} with ${pick(info, changed)}`,
    [read],
  );
}
