/**
 * What every key command does first: from the names in its request to the bucket and the space that its keys live in, or to a
 * refusal (NS-VOL-3, NS-BKT-3), and the locks that belong to it (design §4.5). What is done there is the command's own.
 */
import type { StateView } from '../storage/state-store.js';
import { refusal, Status } from './answers.js';
import { type Bucket, bucketOf, isRefusal, resolveBucket } from './bucket-of.js';
import type { Answer, Lock } from './command.js';
import type { KeySpace } from './key-space.js';
import { spaceOf } from './space-of.js';

export interface BucketNames {
  readonly volumeName: string;
  readonly bucketName: string;
}

/** A bucket with the space of its names. */
export interface Target {
  readonly bucket: Bucket;
  readonly space: KeySpace;
}

/** For `validate` of key writes: upstream tells empty names from missing ones there, and only there. */
export function emptyNameFault({ volumeName, bucketName }: BucketNames): Answer | undefined {
  if (volumeName.trim() === '') return refusal(Status.INVALID_VOLUME_NAME, 'The volume name is empty');
  if (bucketName.trim() === '') return refusal(Status.INVALID_BUCKET_NAME, 'The bucket name is empty');
  return undefined;
}

export function targetOf(view: StateView, { volumeName, bucketName }: BucketNames): Target | Answer {
  return targetIn(bucketOf(view, volumeName, bucketName));
}

/** Locks to work in the bucket, with those that `inside` adds there; or to rely on the refusal that `targetOf` gives. */
export function targetLocks(
  view: StateView,
  names: BucketNames,
  inside: (target: Target) => readonly Lock[],
): readonly Lock[] {
  const { locks, bucket } = resolveBucket(view, names.volumeName, names.bucketName);
  const target = targetIn(bucket);
  return isRefusal(target) ? locks : [...locks, ...inside(target)];
}

function targetIn(bucket: Bucket | Answer): Target | Answer {
  return isRefusal(bucket) ? bucket : { bucket, space: spaceOf(bucket) };
}
