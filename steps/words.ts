/**
 * The small grammar of the steps: phrases such as `creates volume "alpha" for "ann" with a quota of 10 bytes` as operations.
 * Words in quotes become names by `ScenarioNames`; nothing else is decided here. A topic's phrases stand in `words/`.
 */
import type { ScenarioNames } from '../kit/scenario/names.js';
import type { NamespaceOperation, Operation } from '../kit/scenario/operation.js';
import {
  BUCKET,
  BUCKET_WITH,
  BUCKETS,
  bucketPhrases,
  LINK,
  readBucket,
  readBuckets,
  readBucketWith,
  readLink,
} from './words/buckets.js';
import { clusterPhrases } from './words/cluster.js';
import { DIRECTORIES, DIRECTORY, filePhrases, readDirectories } from './words/files.js';
import { KEY, keyPhrases, readKey, readWrittenKeys, WRITTEN_KEYS, type WrittenKey } from './words/keys.js';
import { isWhole, quotedWords } from './words/phrase.js';
import {
  plainVolume,
  readVolume,
  readVolumeWith,
  VOLUME,
  VOLUME_WITH,
  VOLUMES,
  volumePhrases,
} from './words/volumes.js';

const PHRASES = [...volumePhrases, ...bucketPhrases, ...keyPhrases, ...filePhrases, ...clusterPhrases];

/** What a client does, in the third person. */
export const OPERATION = new RegExp(PHRASES.map(({ form }) => form.source).join('|'));
/** What a Given says is there. */
export const EXISTING = new RegExp(
  [VOLUMES, VOLUME_WITH, BUCKETS, BUCKET_WITH, LINK, WRITTEN_KEYS, DIRECTORIES].map(({ source }) => source).join('|'),
);
/** What has a record that a read shows. */
export const SUBJECT = new RegExp(`${KEY.source}|${DIRECTORY.source}|${VOLUME.source}|${BUCKET.source}`);

export type Subject = Extract<Operation, { kind: 'read-volume' | 'read-bucket' | 'read-key' | 'read-status' }>;

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readOperation(phrase: string, names: ScenarioNames): Operation {
  const found = PHRASES.find(({ form }) => isWhole(form, phrase));
  if (found === undefined) throw new SyntaxError(`not an operation: ${phrase}`);
  return found.read(phrase, names);
}

/** What a Given says is there: volumes, buckets, a link, keys or directories, as the writes that make it. */
export function readExisting(phrase: string, names: ScenarioNames): readonly (NamespaceOperation | WrittenKey)[] {
  if (phrase.startsWith('key')) return readWrittenKeys(phrase, names);
  if (phrase.startsWith('director')) {
    return readDirectories(phrase, names).map((place) => ({ kind: 'create-directory', ...place }));
  }
  if (phrase.startsWith('bucket ')) return [readBucketWith(phrase, names)];
  if (phrase.startsWith('link ')) return [readLink(phrase, names)];
  if (phrase.startsWith('buckets ')) {
    return readBuckets(phrase, names).map((place) => ({ kind: 'create-bucket', ...place }));
  }
  if (phrase.startsWith('volumes ')) return quotedWords(phrase).map((word) => plainVolume(names.volume(word)));
  return [readVolumeWith(phrase, names)];
}

/** The read that shows a volume, a bucket, a key or a directory. */
export function readSubject(phrase: string, names: ScenarioNames): Subject {
  if (phrase.startsWith('key ')) return { kind: 'read-key', ...readKey(phrase, names) };
  if (phrase.startsWith('directory ')) return { kind: 'read-status', ...readKey(phrase, names) };
  if (phrase.startsWith('bucket ')) return { kind: 'read-bucket', ...readBucket(phrase, names) };
  return { kind: 'read-volume', volume: readVolume(phrase, names) };
}
