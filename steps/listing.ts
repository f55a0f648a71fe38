/** Steps: a client lists volumes page after page. */
import { Then, When } from '@cucumber/cucumber';
import { assertAscending, assertListed, assertListingEnds, assertPageSize } from '../kit/assert/listing.js';
import { namesIn } from '../kit/assert/volume-read.js';
import type { Operation } from '../kit/scenario/operation.js';
import { listPages } from '../kit/scenario/paging.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

/** More pages than any listing of the features has. */
const MAX_PAGES = 40;

// The plain listing: one outline with many page sizes; the form below it changes something in between.
When('the client lists the volumes {int} at a time', async function (this: OmWorld, size: number) {
  await list(this, size, undefined);
});

When(
  'the client lists the volumes {int} at a time and {operation} after the first page',
  async function (this: OmWorld, size: number, operation: Operation) {
    await list(this, size, operation);
  },
);

Then('the pages hold {volumes} in this order', async function (this: OmWorld, volumes: readonly string[]) {
  const { outcomes, size } = pagesOf(this);
  await judge(this, outcomes, () => {
    assertPageSize(outcomes, size);
    assertAscending(outcomes);
    assertListingEnds(outcomes);
    assertListed(outcomes, volumes);
  });
});

async function list(world: OmWorld, size: number, between: Operation | undefined): Promise<void> {
  world.leader = await world.line.leader();
  const afterFirstPage =
    between === undefined
      ? undefined
      : async () => {
          world.outcomes = [await world.line.send(between)];
        };
  const paging = { prefix: world.names.volumePrefix, size, maxPages: MAX_PAGES, afterFirstPage };
  world.pages = { outcomes: await listPages(world.line, paging, namesIn), size };
}

function pagesOf(world: OmWorld): NonNullable<OmWorld['pages']> {
  if (world.pages === undefined) throw new Error('no step of this scenario listed volumes');
  return world.pages;
}
