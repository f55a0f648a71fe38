/**
 * Phrases about buckets, such as `creates bucket "box" in volume "alpha" of layout OBJECT_STORE with a quota of 3 names`. A
 * bucket whose volume is not named is in one of its own. A link is made by `link "ln" to bucket "box"`, and is a bucket to
 * every other phrase.
 */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import type { Operation } from '../../kit/scenario/operation.js';
import { BUCKET_LAYOUTS, type BucketPlace } from '../../kit/scenario/operations/bucket.js';
import { PROPERTIES, readProperties } from './bucket-properties.js';
import { type Phrase, QUOTED, quotedWords } from './phrase.js';

/** Where a bucket is that is named without its volume. */
const HOME = 'home';
const IN_VOLUME = `(?: in volume ${QUOTED})?`;

/** `bucket "box" in volume "alpha"`, `bucket "box"` */
export const BUCKET = new RegExp(`bucket ${QUOTED}${IN_VOLUME}`);
/** `bucket "box" of layout FILE_SYSTEM_OPTIMIZED with versioning`; layout and properties may be left out. */
export const BUCKET_WITH = new RegExp(
  `${BUCKET.source}(?: of layout (?:${BUCKET_LAYOUTS.join('|')}))?(?: with (?:${PROPERTIES.source}))?`,
);
/** `link "ln" in volume "alpha" to bucket "box" in volume "beta"` */
export const LINK = new RegExp(`link ${QUOTED}${IN_VOLUME} to ${BUCKET.source}`);
/** `buckets "a", "b" and "c" in volume "alpha"` */
export const BUCKETS = new RegExp(`buckets ${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})?${IN_VOLUME}`);

type NewBucket = Extract<Operation, { kind: 'create-bucket' }>;

export function readBucket(phrase: string, names: ScenarioNames): BucketPlace {
  const [, bucket = '', volume = HOME] = /bucket "([^"]*)"(?: in volume "([^"]*)")?/.exec(phrase) ?? [];
  return { bucket: names.bucket(bucket), volume: names.volume(volume) };
}

/** A bucket that is to be created. */
export function readBucketWith(phrase: string, names: ScenarioNames): NewBucket {
  const layout = BUCKET_LAYOUTS.find((one) => new RegExp(`" of layout ${one}(?: with |$)`).test(phrase));
  const [, properties] = /(?:"| of layout [A-Z_]+) with (.+)$/.exec(phrase) ?? [];
  return {
    kind: 'create-bucket',
    ...readBucket(phrase, names),
    ...(layout === undefined ? {} : { layout }),
    ...(properties === undefined ? {} : { properties: readProperties(properties) }),
  };
}

/** A link that is to be created; its own layout and properties are the plain ones, which those of its source are not. */
export function readLink(phrase: string, names: ScenarioNames): NewBucket {
  const [, link = '', volume = HOME, source = ''] =
    /link "([^"]*)"(?: in volume "([^"]*)")? to (.+)$/.exec(phrase) ?? [];
  const place = { bucket: names.bucket(link), volume: names.volume(volume) };
  return { kind: 'create-bucket', ...place, source: readBucket(source, names) };
}

/** Several buckets of one volume. */
export function readBuckets(phrase: string, names: ScenarioNames): readonly BucketPlace[] {
  const [, words = '', volume = HOME] = /^buckets (.*?)(?: in volume "([^"]*)")?$/.exec(phrase) ?? [];
  return [...words.matchAll(/"([^"]*)"/g)].map(([, word = '']) => ({
    bucket: names.bucket(word),
    volume: names.volume(volume),
  }));
}

export const bucketPhrases: readonly Phrase[] = [
  {
    form: new RegExp(`creates a bucket named exactly ${QUOTED}${IN_VOLUME}`),
    read: (phrase, names) => {
      const [, bucket = '', volume = HOME] = /exactly "([^"]*)"(?: in volume "([^"]*)")?$/.exec(phrase) ?? [];
      return { kind: 'create-bucket', bucket, volume: names.volume(volume) };
    },
  },
  {
    form: new RegExp(`creates a bucket with a name of \\d+ characters${IN_VOLUME}`),
    read: (phrase, names) => {
      const [, characters, volume = HOME] = /of (\d+) characters(?: in volume "([^"]*)")?$/.exec(phrase) ?? [];
      return { kind: 'create-bucket', bucket: names.bucketOfLength(Number(characters)), volume: names.volume(volume) };
    },
  },
  { form: new RegExp(`creates ${BUCKET_WITH.source}`), read: readBucketWith },
  { form: new RegExp(`creates ${LINK.source}`), read: readLink },
  {
    form: new RegExp(`reads ${BUCKET.source}`),
    read: (phrase, names) => ({ kind: 'read-bucket', ...readBucket(phrase, names) }),
  },
  {
    form: new RegExp(`lists the buckets of volume ${QUOTED}`),
    read: (phrase, names) => ({ kind: 'list-buckets', volume: names.volume(quotedWords(phrase)[0] ?? '') }),
  },
  {
    form: new RegExp(`deletes ${BUCKET.source}`),
    read: (phrase, names) => ({ kind: 'delete-bucket', ...readBucket(phrase, names) }),
  },
  {
    form: new RegExp(`gives ${BUCKET.source} to ${QUOTED}`),
    read: (phrase, names) => ({
      kind: 'change-bucket',
      ...readBucket(phrase, names),
      properties: { owner: /" to "([^"]*)"$/.exec(phrase)?.[1] ?? '' },
    }),
  },
  {
    form: new RegExp(`gives ${BUCKET.source} (?:nothing|${PROPERTIES.source})`),
    read: (phrase, names) => {
      const [, given = ''] = /^gives bucket "[^"]*"(?: in volume "[^"]*")? (.+)$/.exec(phrase) ?? [];
      const properties = given === 'nothing' ? {} : readProperties(given);
      return { kind: 'change-bucket', ...readBucket(phrase, names), properties };
    },
  },
];
