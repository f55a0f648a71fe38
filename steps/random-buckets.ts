/** Steps: buckets with random names, and listings of them that begin and end anywhere. */
import { Given, Then, When } from '@cucumber/cucumber';
import { namesIn } from '../kit/assert/page-read.js';
import { Draws } from '../kit/scenario/draws.js';
import { bringAbout } from '../kit/scenario/given.js';
import { bucketPageRequest } from '../kit/scenario/operations/bucket.js';
import { listPages } from '../kit/scenario/paging.js';
import { randomNames } from '../kit/scenario/random-names.js';
import { judgeListings, listRandomly } from './random-listings.js';
import type { OmWorld } from './world.js';

/** Every name of these that a bucket may have (NS-BKT-4) begins and ends with a letter or digit. */
const CHARACTERS = ['a', 'b', '0', '-', '.', 'z'];
const GOOD_NAME = /^[a-z0-9](?:[a-z0-9]|[.-](?=[a-z0-9]))*$/;
/** Of so many names some are good. */
const DRAWN_FOR_EACH = 4;

// This step and the two that belong to it: whatever no directed example thought of, from the run's seed.
Given('{int} buckets in {volume} with random names', async function (this: OmWorld, count: number, volume: string) {
  const draws = new Draws(this.run.seed, `${count} buckets`);
  const drawn = randomNames(draws, count * DRAWN_FOR_EACH, CHARACTERS);
  const names = drawn.filter((name) => GOOD_NAME.test(name)).slice(0, count);
  const made = names.map((name) => ({ kind: 'create-bucket', volume, bucket: this.names.bucket(name) }) as const);
  await Promise.all(made.map((operation) => bringAbout(this.line, operation)));
  this.random = { names, characters: CHARACTERS, draws, listings: [] };
});

// Belongs to the step above.
When(
  'the client lists the buckets of {volume} in {int} random ways',
  async function (this: OmWorld, volume: string, times: number) {
    const onWire = (word: string | undefined) => (word === undefined ? undefined : this.names.bucket(word));
    await listRandomly(this, times, async ({ prefix, after, size }, maxPages) => {
      const page = (startKey: string | undefined, count: number) =>
        bucketPageRequest({ volume, prefix: onWire(prefix), startKey, count });
      const paging = { page, after: onWire(after), size, maxPages, afterFirstPage: undefined };
      return await listPages(this.line, paging, namesIn);
    });
  },
);

// Belongs to the step above.
Then('each listing holds the buckets of its range in order, each once', async function (this: OmWorld) {
  await judgeListings(this, (bucket) => this.names.bucket(bucket));
});
