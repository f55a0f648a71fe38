/** Steps: keys with random names, and listings of them that begin and end anywhere. */
import { Given, Then, When } from '@cucumber/cucumber';
import { namesIn } from '../kit/assert/page-read.js';
import { Draws } from '../kit/scenario/draws.js';
import { bringAboutKey } from '../kit/scenario/given.js';
import { requestOf } from '../kit/scenario/operation.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { listPages } from '../kit/scenario/paging.js';
import { randomNames, type Way } from '../kit/scenario/random-names.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judgeListings, listRandomly } from './random-listings.js';
import type { OmWorld } from './world.js';

/** This step and the two that belong to it: whatever no directed example thought of, from the run's seed. */
Given(
  '{int} keys in {bucket} with random names made of {string}',
  async function (this: OmWorld, count: number, place: BucketPlace, letters: string) {
    const characters = [...letters];
    const draws = new Draws(this.run.seed, `${count} names of ${letters}`);
    const names = randomNames(draws, count, characters);
    await Promise.all(names.map((key) => bringAboutKey(this.line, { ...place, key })));
    this.random = { names, characters, draws, listings: [] };
  },
);

// Belongs to the step above.
When(
  'the client lists the keys of {bucket} in {int} random ways',
  async function (this: OmWorld, place: BucketPlace, times: number) {
    await listRandomly(this, times, async (way, maxPages) => await listInWay(this, place, way, maxPages));
  },
);

// Belongs to the step above.
Then('each listing holds the keys of its range in order, each once', async function (this: OmWorld) {
  await judgeListings(this, (key) => key);
});

async function listInWay(
  world: OmWorld,
  place: BucketPlace,
  { prefix, after: first, size }: Way,
  maxPages: number,
): Promise<readonly Outcome[]> {
  const ranged = { kind: 'list-keys' as const, ...place, ...(prefix === undefined ? {} : { prefix }) };
  const page = (after: string | undefined, count: number) =>
    requestOf({ ...ranged, ...(after === undefined ? {} : { after }), count });
  return await listPages(world.line, { page, after: first, size, maxPages, afterFirstPage: undefined }, namesIn);
}
