/**
 * What a read of a volume says of it. Every observable of volumes starts here, so that "missing" and "cannot be told" mean
 * the same to all of them.
 */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import type { Plain } from '../wire/plain.js';

const { Status } = hadoop.ozone;

/** Nothing of that name is there, or nothing of what it would stand in. */
const MISSING: ReadonlySet<number> = new Set([
  Status.VOLUME_NOT_FOUND,
  Status.BUCKET_NOT_FOUND,
  Status.KEY_NOT_FOUND,
  Status.FILE_NOT_FOUND,
]);

export type VolumeInfo = Plain<hadoop.ozone.VolumeInfo.$Properties>;
export type BucketInfo = Plain<hadoop.ozone.BucketInfo.$Properties>;

/** The volume that an InfoVolume answered, or undefined where it answered none for whatever reason. */
export function volumeIn(outcome: Outcome): VolumeInfo | undefined {
  if (!isOk(outcome)) return undefined;
  return outcome.response.infoVolumeResponse?.volumeInfo ?? undefined;
}

/** The same for InfoBucket. */
export function bucketIn(outcome: Outcome): BucketInfo | undefined {
  if (!isOk(outcome)) return undefined;
  return outcome.response.infoBucketResponse?.bucketInfo ?? undefined;
}

/** Whether a read said for certain that what it asked for is not there. */
export function saysMissing(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered') return false;
  const { status } = outcome.response;
  return MISSING.has(status);
}

function isOk(outcome: Outcome): outcome is Extract<Outcome, { kind: 'answered' }> {
  return outcome.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.OK;
}

/** Buckets in the answer to a ListBuckets, or undefined where it answered none. */
export function bucketsIn(outcome: Outcome): readonly BucketInfo[] | undefined {
  if (!isOk(outcome)) return undefined;
  const page = outcome.response.listBucketsResponse;
  return page && (page.bucketInfo ?? []);
}
