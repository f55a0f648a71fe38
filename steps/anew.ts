/** Steps: a bucket goes, and another comes under its name. */
import { Then, When } from '@cucumber/cucumber';
import { assertShowsNothing } from '../kit/assert/shown-entries.js';
import { makeAnew } from '../kit/scenario/anew.js';
import type { Operation } from '../kit/scenario/operation.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { WHOLE_PAGE } from '../kit/scenario/operations/kinds.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import { named } from './parameters.js';
import { BUCKET_WITH, readBucketWith } from './words/buckets.js';
import type { OmWorld } from './world.js';

type NewBucket = Extract<Operation, { kind: 'create-bucket' }>;

named('bucket with', BUCKET_WITH, (phrase, { names }) => readBucketWith(phrase, names));

When('the client makes {bucket with} anew', async function (this: OmWorld, bucket: NewBucket) {
  this.leader = await this.line.leader();
  this.outcomes = await makeAnew(this.line, bucket);
});

Then('{bucket} shows nothing', async function (this: OmWorld, place: BucketPlace) {
  const reads: readonly Operation[] = [
    { kind: 'list-keys', ...place, count: WHOLE_PAGE },
    { kind: 'list-keys-light', ...place, count: WHOLE_PAGE },
    { kind: 'list-status', ...place, key: '' },
  ];
  const listings: Outcome[] = [];
  for (const read of reads) listings.push(await this.line.read(read));
  await judge(this, listings, () => assertShowsNothing(listings));
});
