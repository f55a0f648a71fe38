/**
 * Rows of the namespace as typed records: reading and writing VolumeInfo, BucketInfo and counters. The one place that knows
 * that a volume's `usedNamespace` is kept in a counter of its own and not in its record; for buckets see bucket-answer.ts.
 */
import { hadoop } from '#proto';
import type { StateView } from '../storage/state-store.js';
import { decode, encode, type Plain } from '../wire/plain.js';
import type { Operation } from './command.js';
import { INT64_ADD, int64FromBytes, int64ToBytes } from './int64.js';
import { BUCKETS, bucketKey, bucketsOf, USAGE, VOLUMES, volumeKey } from './tables.js';

export type VolumeInfo = Plain<hadoop.ozone.VolumeInfo.$Properties>;
export type BucketInfo = Plain<hadoop.ozone.BucketInfo.$Properties>;

/** A volume as it is stored; `objectID` is there in every record that this code wrote. */
export interface Volume {
  readonly info: VolumeInfo;
  readonly objectId: bigint;
}

export function getVolume(view: StateView, name: string): Volume | undefined {
  const bytes = view.get(VOLUMES, volumeKey(name));
  if (bytes === undefined) return undefined;
  const info = decode(hadoop.ozone.VolumeInfo, bytes);
  return { info, objectId: info.objectID ?? 0n };
}

export function putVolume(info: VolumeInfo): Operation {
  return {
    kind: 'put',
    table: VOLUMES,
    key: volumeKey(info.volume),
    value: encode(hadoop.ozone.VolumeInfo, info),
  };
}

export function getBucket(view: StateView, volume: string, bucket: string): BucketInfo | undefined {
  const bytes = view.get(BUCKETS, bucketKey(volume, bucket));
  return bytes === undefined ? undefined : decode(hadoop.ozone.BucketInfo, bytes);
}

export function putBucket(info: BucketInfo): Operation {
  return {
    kind: 'put',
    table: BUCKETS,
    key: bucketKey(info.volumeName, info.bucketName),
    value: encode(hadoop.ozone.BucketInfo, info),
  };
}

/** A link has no keys of its own: those that it shows are its source's (NS-BKT-9). */
export function isLink(bucket: BucketInfo): boolean {
  return bucket.sourceVolume != null && bucket.sourceBucket != null;
}

export function* bucketsIn(view: StateView, volume: string): Iterable<BucketInfo> {
  for (const [, value] of view.scan(BUCKETS, { prefix: bucketsOf(volume) }))
    yield decode(hadoop.ozone.BucketInfo, value);
}

export function hasBuckets(view: StateView, volume: string): boolean {
  for (const _row of view.scan(BUCKETS, { prefix: bucketsOf(volume), limit: 1 })) return true;
  return false;
}

/** How many buckets the volume has. */
export function bucketCount(view: StateView, volume: string): bigint {
  const bytes = view.get(USAGE, volumeKey(volume));
  return bytes === undefined ? 0n : int64FromBytes(bytes);
}

export function addToBucketCount(volume: string, by: bigint): Operation {
  return { kind: 'merge', table: USAGE, key: volumeKey(volume), value: int64ToBytes(by), operator: INT64_ADD };
}

/** The volume as clients see it. */
export function volumeAnswer(view: StateView, info: VolumeInfo): VolumeInfo {
  return { ...info, usedNamespace: bucketCount(view, info.volume) };
}

/** An owner's list is keyed by name; its rows say nothing more. */
export const NO_VALUE = new Uint8Array(0);
