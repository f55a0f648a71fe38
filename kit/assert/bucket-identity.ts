/** Observable: the id of a bucket, by which it is told from one that had its name before (NS-BKT-1, NS-BKT-8). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { type BucketInfo, bucketIn } from './volume-read.js';

/** Assertion `object-id`: the read shows the bucket of this volume with an objectID, which is not 0. */
export function assertObjectId(read: Outcome, volume: string, bucket: string): void {
  const info = bucketIn(read);
  const expected = `bucket ${bucket} in volume ${volume} with an objectID`;
  if (info === undefined) throw failure('object-id', expected, describe(read), [read]);
  if (info.volumeName === volume && info.bucketName === bucket && (info.objectID ?? 0n) !== 0n) return;
  throw failure('object-id', expected, textOf(info), [read]);
}

/** Assertion `object-id-new`: the read shows a bucket with an objectID that is not that of `other`. */
export function assertOtherObjectId(read: Outcome, other: BucketInfo): void {
  const info = bucketIn(read);
  const expected = `bucket ${other.bucketName} with another objectID than ${show(other.objectID)}`;
  if (info === undefined) throw failure('object-id-new', expected, describe(read), [read]);
  if (info.objectID != null && info.objectID !== other.objectID) return;
  throw failure('object-id-new', expected, textOf(info), [read]);
}

function textOf({ volumeName, bucketName, objectID }: BucketInfo): string {
  return `bucket ${bucketName} in volume ${volumeName} with objectID ${show(objectID)}`;
}
