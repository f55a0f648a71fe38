/** Observable: a record that nothing should have changed is as it was, in every field. */
import type { Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick, show } from './found.js';
import { type KeyInfo, keyIn } from './key-read.js';
import { type FileStatus, fieldsOf, statusIn } from './status-read.js';
import { type BucketInfo, bucketIn, type VolumeInfo, volumeIn } from './volume-read.js';

/** Assertion `volume-unchanged`: the read shows the volume exactly as it was read before. */
export function assertVolumeUnchanged(read: Outcome, before: VolumeInfo): void {
  compare('volume-unchanged', `volume ${before.volume}`, volumeIn(read), before, read);
}

/** Assertion `bucket-unchanged`: the same of a bucket. */
export function assertBucketUnchanged(read: Outcome, before: BucketInfo): void {
  const name = `bucket ${before.bucketName} in volume ${before.volumeName}`;
  compare('bucket-unchanged', name, bucketIn(read), before, read);
}

/** Assertion `key-unchanged`: the same of a key. */
export function assertKeyUnchanged(read: Outcome, before: KeyInfo): void {
  compare('key-unchanged', `key ${show(before.keyName)}`, keyIn(read), before, read);
}

/** Assertion `directory-unchanged`: the same of a directory. */
export function assertDirectoryUnchanged(read: Outcome, path: string, before: FileStatus): void {
  const found = statusIn(read);
  compare('directory-unchanged', `directory ${show(path)}`, found && fieldsOf(found), fieldsOf(before), read);
}

const PARTS = {
  owner: ['ownerName'],
  quota: ['quotaInBytes', 'quotaInNamespace'],
  'creation time': ['creationTime'],
} as const;
export type VolumePart = keyof typeof PARTS;
export const VOLUME_PARTS = Object.keys(PARTS) as VolumePart[];

/** Assertion `volume-part-kept`: the read shows the volume with this part as it was read before. */
export function assertPartKept(read: Outcome, before: VolumeInfo, part: VolumePart): void {
  const fields = PARTS[part];
  const expected = `volume ${before.volume} with ${pick(before, fields)}, as before`;
  const info = volumeIn(read);
  if (info === undefined) throw failure('volume-part-kept', expected, describe(read), [read]);
  if (differingFields(before, info).every((name) => !(fields as readonly string[]).includes(name))) return;
  throw failure('volume-part-kept', expected, `volume ${info.volume} with ${pick(info, fields)}`, [read]);
}

function compare(assertion: string, name: string, found: object | undefined, before: object, read: Outcome): void {
  if (found === undefined) throw failure(assertion, `${name} as it was`, describe(read), [read]);
  const fields = differingFields(before, found);
  if (fields.length === 0) return;
  throw failure(assertion, `${name} as it was, with ${pick(before, fields)}`, `${name} with ${pick(found, fields)}`, [
    read,
  ]);
}
