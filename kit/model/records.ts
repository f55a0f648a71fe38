/** What an answer has to show of a volume, a bucket or a key: the same fields, under the same names, as `shown.ts` takes off the wire. */
import type { BucketPlace, KeyPlace } from './command.js';
import type { Expected } from './outcome.js';
import type { Bucket, Directory, Key, Stamped, Token, Volume } from './state.js';
import { shownUsage } from './usage.js';

type Fields = { readonly [field: string]: Expected };

function stamps({ object, generation, created }: Stamped): Fields {
  return {
    objectID: { chosen: 'object', token: object },
    updateID: { chosen: 'generation', token: generation, object },
    creationTime: { chosen: 'time', token: created },
  };
}

export function volumeRecord(name: string, volume: Volume): Expected {
  return {
    volume: name,
    owner: volume.owner,
    quotaInBytes: volume.quotaInBytes,
    quotaInNamespace: volume.quotaInNamespace,
    usedNamespace: BigInt(volume.buckets.size),
    ...stamps(volume),
  };
}

/** @param source what a link shows in place of its own layout, limits and usage; undefined: it shows its own */
export function bucketRecord({ volume, bucket: name }: BucketPlace, bucket: Bucket, source?: Bucket): Expected {
  const of = source ?? bucket;
  const usage = shownUsage(of);
  return {
    volume,
    bucket: name,
    layout: of.layout,
    versioned: of.versioned,
    ssd: of.ssd,
    owner: bucket.owner ?? '',
    // A link shows its source's entries beside its own; of one name the source's.
    metadata: { exactly: { ...bucket.metadata, ...source?.metadata } },
    quotaInBytes: of.quotaInBytes,
    quotaInNamespace: of.quotaInNamespace,
    usedNamespace: usage.entries,
    usedBytes: usage.bytes,
    source: bucket.source === undefined ? '' : `${bucket.source.volume}/${bucket.source.bucket}`,
    ...stamps(bucket),
    // No rule says whether a change of a key counts as one of its bucket.
    updateID: undefined,
  };
}

export function keyRecord(place: KeyPlace, key: Key, parent: Token | undefined): Expected {
  if (key.marker === true) {
    const { objectID, updateID } = stamps(key);
    return { ...placeOf(place), objectID, updateID };
  }
  return {
    ...placeOf(place),
    dataSize: BigInt(key.dataSize),
    replication: key.replication,
    owner: key.owner,
    metadata: { exactly: key.metadata },
    tags: { exactly: key.tags },
    isFile: showsAsFile(place.key, key),
    parentID: parentOf(parent),
    ...stamps(key),
  };
}

/** No rule says what a key is whose name ends, or ended, with a slash. */
export function showsAsFile(name: string, { slashed }: Pick<Key, 'slashed'>): true | undefined {
  return slashed === true || name.endsWith('/') ? undefined : true;
}

export function directoryRecord(place: KeyPlace, directory: Directory, parent: Token): Expected {
  return {
    ...placeOf(place),
    dataSize: 0n,
    owner: directory.owner,
    isFile: false,
    parentID: parentOf(parent),
    ...stamps(directory),
  };
}

function placeOf({ volume, bucket, key }: KeyPlace): Fields {
  return { volume, bucket, key };
}

/** Directories are objects; a flat bucket has none, and says 0. */
function parentOf(parent: Token | undefined): Expected {
  return parent === undefined ? 0n : { chosen: 'object', token: parent };
}
