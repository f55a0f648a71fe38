/**
 * What the steps about random keys and random buckets share: listings in ways that the run's seed draws, and how they are judged.
 * What is listed, and by which request, is theirs.
 */
import { assertListing } from '../kit/assert/listing.js';
import { namesInRange, randomWay, type Way } from '../kit/scenario/random-names.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

/** @param list lists in this way, and gives up after so many pages */
export async function listRandomly(
  world: OmWorld,
  times: number,
  list: (way: Way, maxPages: number) => Promise<readonly Outcome[]>,
): Promise<void> {
  world.leader = await world.line.leader();
  const { draws, names, characters, listings } = randomOf(world);
  // One page a name, and the empty one: whatever takes more does not end.
  const maxPages = names.length + 2;
  for (let time = 0; time < times; time += 1) {
    const way = randomWay(draws, names, characters);
    listings.push({ way, pages: await list(way, maxPages) });
  }
}

/** @param onWire the name of what is listed, as it is on the wire */
export async function judgeListings(world: OmWorld, onWire: (name: string) => string): Promise<void> {
  const { listings, names } = randomOf(world);
  for (const { way, pages } of listings) {
    const expected = namesInRange(names, way).map(onWire);
    await judge(world, pages, () => assertListing(pages, { size: way.size, names: expected, quiet: true }));
  }
}

function randomOf(world: OmWorld): NonNullable<OmWorld['random']> {
  if (world.random === undefined) throw new Error('no step of this scenario made random names');
  return world.random;
}
