/** Steps: keys with random names, and listings of them that begin and end anywhere. */
import { Given, Then, When } from '@cucumber/cucumber';
import {
  assertAscending,
  assertListed,
  assertListingEnds,
  assertPageSize,
  assertPagesFull,
  assertSaysMore,
} from '../kit/assert/listing.js';
import { namesIn } from '../kit/assert/page-read.js';
import { Draws } from '../kit/scenario/draws.js';
import { bringAboutKey } from '../kit/scenario/given.js';
import { requestOf } from '../kit/scenario/operation.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { listPages } from '../kit/scenario/paging.js';
import { namesInRange, randomNames, randomWay, type Way } from '../kit/scenario/random-names.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
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
    this.leader = await this.line.leader();
    const random = randomOf(this);
    const { draws, names, characters } = random;
    for (let time = 0; time < times; time += 1) {
      const way = randomWay(draws, names, characters);
      random.listings.push({ way, pages: await listInWay(this, place, way, names.length) });
    }
  },
);

// Belongs to the step above.
Then('each listing holds the keys of its range in order, each once', async function (this: OmWorld) {
  const { listings, names } = randomOf(this);
  for (const { way, pages } of listings) {
    await judge(this, pages, () => {
      assertPageSize(pages, way.size);
      assertAscending(pages);
      assertListingEnds(pages);
      assertListed(pages, namesInRange(names, way));
      assertPagesFull(pages, way.size);
      assertSaysMore(pages);
    });
  }
});

async function listInWay(
  world: OmWorld,
  place: BucketPlace,
  { prefix, after: first, size }: Way,
  keys: number,
): Promise<readonly Outcome[]> {
  const ranged = { kind: 'list-keys' as const, ...place, ...(prefix === undefined ? {} : { prefix }) };
  const page = (after: string | undefined, count: number) =>
    requestOf({ ...ranged, ...(after === undefined ? {} : { after }), count });
  // One page a key, and the empty one: whatever takes more does not end.
  const paging = { page, after: first, size, maxPages: keys + 2, afterFirstPage: undefined };
  return await listPages(world.line, paging, namesIn);
}

function randomOf(world: OmWorld): NonNullable<OmWorld['random']> {
  if (world.random === undefined) throw new Error('no step of this scenario made random keys');
  return world.random;
}
