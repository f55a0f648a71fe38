/** Observable: ids of objects, and generations of keys (NS-KEY-12). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { type KeyInfo, keyIn } from './key-read.js';
import { namesOnPage } from './listing.js';
import { bucketIn } from './volume-read.js';

interface Owner {
  readonly name: string;
  readonly id: bigint;
  readonly read: Outcome;
}

/** Assertion `object-ids`: each of these buckets, and each key of these listings, has an id, and no two have the same. */
export function assertOwnIds(buckets: readonly Outcome[], listings: readonly Outcome[]): void {
  const all = [...buckets.map(bucketOwner), ...listings.flatMap(keyOwners)];
  if (all.length < 2) throw new Error('no two objects to judge');
  const owners = new Map<bigint, Owner>();
  for (const owner of all) {
    const { name, id, read } = owner;
    if (id === 0n) throw failure('object-ids', `${name} with an objectID`, `objectID ${id}`, [read]);
    const other = owners.get(id);
    if (other !== undefined) {
      const found = `${id} of ${other.name} and of ${name}`;
      throw failure('object-ids', 'an objectID for each bucket and key alone', found, [other.read, read]);
    }
    owners.set(id, owner);
  }
}

/** Assertion `object-id-new`: the read shows a key with another id than the key before it had. */
export function assertOtherId(read: Outcome, before: KeyInfo): void {
  const expected = `a key with another objectID than ${show(before.objectID)}`;
  const info = keyIn(read);
  if (info === undefined) throw failure('object-id-new', expected, describe(read), [read]);
  if (info.objectID !== before.objectID) return;
  throw failure('object-id-new', expected, `objectID ${show(info.objectID)}`, [read]);
}

/** Assertion `generation-grows`: the read shows a key with a higher updateID than the key before it had. */
export function assertNewer(read: Outcome, before: KeyInfo): void {
  const was = before.updateID ?? 0n;
  const info = keyIn(read);
  if (info !== undefined && (info.updateID ?? 0n) > was) return;
  const found = info === undefined ? describe(read) : `updateID ${show(info.updateID)}`;
  throw failure('generation-grows', `an updateID above ${was}, that of key ${show(before.keyName)}`, found, [read]);
}

function bucketOwner(read: Outcome): Owner {
  const bucket = bucketIn(read);
  if (bucket === undefined) throw failure('object-ids', 'a bucket', describe(read), [read]);
  return { name: `bucket ${bucket.bucketName}`, id: bucket.objectID ?? 0n, read };
}

function keyOwners(read: Outcome): Owner[] {
  namesOnPage(read);
  const listed = read.kind === 'answered' ? read.response.listKeysResponse?.keyInfo : undefined;
  return (listed ?? []).map(({ keyName, objectID }) => ({ name: `key ${show(keyName)}`, id: objectID ?? 0n, read }));
}
