/** Steps: what a bucket's keys and directories use of it. */
import { Then } from '@cucumber/cucumber';
import { assertUsed, usedIn } from '../kit/assert/usage.js';
import { readUntil } from '../kit/scenario/eventually.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { judge } from './judge.js';
import { named } from './parameters.js';
import { AMOUNT, type Amount, readAmount } from './words/amounts.js';
import type { OmWorld } from './world.js';

named('amount', AMOUNT, readAmount);

Then('{bucket} uses {amount}', async function (this: OmWorld, place: BucketPlace, { used, amount }: Amount) {
  const read = await this.line.read({ kind: 'read-bucket', ...place });
  await judge(this, [read], () => assertUsed(read, place.bucket, used, amount));
});

Then('{bucket} eventually uses {amount}', async function (this: OmWorld, place: BucketPlace, { used, amount }: Amount) {
  const read = await readUntil(
    this.line,
    { kind: 'read-bucket', ...place },
    (outcome) => usedIn(outcome, used) === amount,
  );
  await judge(this, [read], () => assertUsed(read, place.bucket, used, amount));
});
