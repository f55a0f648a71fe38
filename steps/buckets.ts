/** Steps: what a bucket says of itself. */
import { Then } from '@cucumber/cucumber';
import { assertObjectId, assertOtherObjectId } from '../kit/assert/bucket-identity.js';
import { assertBucketProperties, assertLayout } from '../kit/assert/bucket-properties.js';
import { assertRestKept, BUCKET_PARTS, type BucketPart } from '../kit/assert/bucket-rest.js';
import {
  BUCKET_LAYOUTS,
  type BucketLayout,
  type BucketPlace,
  type BucketProperties,
} from '../kit/scenario/operations/bucket.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import { named, oneOf } from './parameters.js';
import { PROPERTIES, readProperties } from './words/bucket-properties.js';
import type { OmWorld } from './world.js';

oneOf<BucketLayout>('layout', BUCKET_LAYOUTS);
oneOf<BucketPart>('bucket part', BUCKET_PARTS);
named('properties', PROPERTIES, readProperties);

Then('{bucket} has layout {layout}', async function (this: OmWorld, place: BucketPlace, layout: BucketLayout) {
  const read = await readBucket(this, place);
  await judge(this, [read], () => assertLayout(read, place.bucket, layout));
});

Then('{bucket} has {properties}', async function (this: OmWorld, place: BucketPlace, properties: BucketProperties) {
  const read = await readBucket(this, place);
  await judge(this, [read], () => assertBucketProperties(read, place.bucket, properties));
});

// NS-BKT-1 alone asks for one; elsewhere two are compared.
Then('{bucket} has an object id', async function (this: OmWorld, place: BucketPlace) {
  const read = await readBucket(this, place);
  await judge(this, [read], () => assertObjectId(read, place.volume, place.bucket));
});

Then('{bucket} has another object id than before', async function (this: OmWorld, place: BucketPlace) {
  const read = await readBucket(this, place);
  await judge(this, [read], () => assertOtherObjectId(read, this.buckets.known(place)));
});

Then(
  '{bucket} has another object id than {bucket}',
  async function (this: OmWorld, place: BucketPlace, other: BucketPlace) {
    const read = await readBucket(this, place);
    await judge(this, [read], () => assertOtherObjectId(read, this.buckets.known(other)));
  },
);

Then(
  '{bucket} is as it was but for its {bucket part}',
  async function (this: OmWorld, place: BucketPlace, part: BucketPart) {
    const read = await readBucket(this, place);
    await judge(this, [read], () => assertRestKept(read, this.buckets.known(place), part));
  },
);

async function readBucket(world: OmWorld, { volume, bucket }: BucketPlace): Promise<Outcome> {
  return await world.line.read({ kind: 'read-bucket', volume, bucket });
}
