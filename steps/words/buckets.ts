/** Phrases about buckets, such as `creates bucket "box" in volume "alpha"`. A bucket whose volume is not named is in one of its own. */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import type { Operation } from '../../kit/scenario/operation.js';
import { BUCKET_LAYOUTS, type BucketPlace } from '../../kit/scenario/operations/bucket.js';
import { type Phrase, QUOTED } from './phrase.js';

/** Where a bucket is that is named without its volume. */
const HOME = 'home';

/** `bucket "box" in volume "alpha"`, `bucket "box"` */
export const BUCKET = new RegExp(`bucket ${QUOTED}(?: in volume ${QUOTED})?`);
/** `bucket "box" of layout FILE_SYSTEM_OPTIMIZED` */
export const BUCKET_WITH = new RegExp(`${BUCKET.source}(?: of layout (?:${BUCKET_LAYOUTS.join('|')}))?`);

export function readBucket(phrase: string, names: ScenarioNames): BucketPlace {
  const [, bucket = '', volume = HOME] = /bucket "([^"]*)"(?: in volume "([^"]*)")?/.exec(phrase) ?? [];
  return { bucket: names.bucket(bucket), volume: names.volume(volume) };
}

/** A bucket that is to be created. */
export function readBucketWith(phrase: string, names: ScenarioNames): Extract<Operation, { kind: 'create-bucket' }> {
  const layout = BUCKET_LAYOUTS.find((one) => phrase.endsWith(` of layout ${one}`));
  return { kind: 'create-bucket', ...readBucket(phrase, names), ...(layout === undefined ? {} : { layout }) };
}

export const bucketPhrases: readonly Phrase[] = [
  { form: new RegExp(`creates ${BUCKET_WITH.source}`), read: readBucketWith },
  {
    form: new RegExp(`reads ${BUCKET.source}`),
    read: (phrase, names) => ({ kind: 'read-bucket', ...readBucket(phrase, names) }),
  },
  {
    form: new RegExp(`deletes ${BUCKET.source}`),
    read: (phrase, names) => ({ kind: 'delete-bucket', ...readBucket(phrase, names) }),
  },
];
