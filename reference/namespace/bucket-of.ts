/**
 * From the names in a request to the bucket that holds the keys: through links to their source (NS-BKT-9), or the refusal when
 * a volume or bucket on the way is missing (NS-VOL-3, NS-BKT-3). Decides also what to lock, so that the answer stays true until
 * the plan applies (LE-LOCK-1, LE-LOCK-5).
 */
import { hadoop } from '#proto';
import type { StateView } from '../storage/state-store.js';
import { refusal, Status } from './answers.js';
import type { Answer, Lock } from './command.js';
import { type BucketInfo, getBucket, getVolume } from './records.js';
import { container, volumeLocks } from './volume-locks.js';

const { BucketLayoutProto } = hadoop.ozone;

/** A bucket that holds keys itself. Key commands answer with its names, also when they were asked through a link. */
export interface Bucket {
  readonly info: BucketInfo;
  readonly objectId: bigint;
  /** Whether names are paths in a tree of directories, or else flat (OBJECT_STORE, and LEGACY as upstream's default has it). */
  readonly tree: boolean;
}

export interface Resolved {
  /** To work inside the bucket, or to rely on the refusal. */
  readonly locks: readonly Lock[];
  readonly bucket: Bucket | Answer;
}

/** Tells a refusal from what was looked for. */
export function isRefusal<T extends object>(found: T | Answer): found is Answer {
  return 'status' in found && 'body' in found;
}

export function bucketOf(view: StateView, volumeName: string, bucketName: string): Bucket | Answer {
  return resolveBucket(view, volumeName, bucketName).bucket;
}

export function resolveBucket(view: StateView, volumeName: string, bucketName: string): Resolved {
  const locks: Lock[] = [];
  const passed = new Set<bigint>();
  let volume = volumeName;
  let name = bucketName;
  for (;;) {
    const info = getBucket(view, volume, name);
    if (info === undefined) return missing(view, volume, name, locks);
    const objectId = info.objectID ?? 0n;
    if (passed.has(objectId)) {
      const message = `Bucket ${volume}/${name} is a link that leads back to itself`;
      return { locks, bucket: refusal(Status.DETECTED_LOOP_IN_BUCKET_LINKS, message) };
    }
    locks.push(container(objectId, 'shared'));
    if (info.sourceVolume == null || info.sourceBucket == null) return { locks, bucket: asBucket(info) };
    passed.add(objectId);
    volume = info.sourceVolume;
    name = info.sourceBucket;
  }
}

/** A bucket record that is no link. */
export function asBucket(info: BucketInfo): Bucket {
  return {
    info,
    objectId: info.objectID ?? 0n,
    tree: info.bucketLayout === BucketLayoutProto.FILE_SYSTEM_OPTIMIZED,
  };
}

function missing(view: StateView, volumeName: string, bucketName: string, before: readonly Lock[]): Resolved {
  const volume = getVolume(view, volumeName);
  const locks = [...before, ...volumeLocks(volume, volumeName, 'shared')];
  if (volume === undefined) {
    return { locks, bucket: refusal(Status.VOLUME_NOT_FOUND, `Volume ${volumeName} is not found`) };
  }
  return {
    // Whoever makes the bucket holds this slot.
    locks: [...locks, { kind: 'slot', parentObjectId: volume.objectId, name: bucketName }],
    bucket: refusal(Status.BUCKET_NOT_FOUND, `Bucket ${volumeName}/${bucketName} is not found`),
  };
}
