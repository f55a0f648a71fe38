/** Steps: a client lists volumes, the buckets of one, or the keys of a bucket, page after page. */
import { Then, When } from '@cucumber/cucumber';
import { assertHolds } from '../kit/assert/bucket-holds.js';
import { assertListedAsRead } from '../kit/assert/listed-records.js';
import { assertListing } from '../kit/assert/listing.js';
import { namesIn } from '../kit/assert/page-read.js';
import { bucketsIn } from '../kit/assert/volume-read.js';
import type { Operation } from '../kit/scenario/operation.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { WHOLE_PAGE } from '../kit/scenario/operations/kinds.js';
import { listPages, type PageOf } from '../kit/scenario/paging.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import { named } from './parameters.js';
import { LISTED, LISTING, readListed, readListing } from './words/listings.js';
import type { OmWorld } from './world.js';

/** More pages than any listing of the features has. */
const MAX_PAGES = 40;

named('listing', LISTING, (phrase, { names }) => readListing(phrase, names));
named('listed', LISTED, (phrase, { names }) => readListed(phrase, names));

When('the client lists {listing} {int} at a time', async function (this: OmWorld, page: PageOf, size: number) {
  await list(this, page, size, undefined);
});

When(
  'the client lists {listing} {int} at a time and {operation} after the first page',
  async function (this: OmWorld, page: PageOf, size: number, operation: Operation) {
    await list(this, page, size, operation);
  },
);

Then('the pages hold {listed} in this order', async function (this: OmWorld, expected: readonly string[]) {
  const { outcomes, size, quiet } = pagesOf(this);
  await judge(this, outcomes, () => assertListing(outcomes, { size, names: expected, quiet }));
});

Then('{bucket} lists {listed}', async function (this: OmWorld, place: BucketPlace, names: readonly string[]) {
  const read = await this.line.read({ kind: 'list-keys', ...place, count: WHOLE_PAGE });
  await judge(this, [read], () => assertHolds(read, names));
});

// Buckets alone are shown whole where they are listed.
Then('every bucket on the pages is listed as it reads', async function (this: OmWorld) {
  const { outcomes } = pagesOf(this);
  const reads: Outcome[] = [];
  for (const { volumeName: volume, bucketName: bucket } of outcomes.flatMap((page) => bucketsIn(page) ?? [])) {
    reads.push(await this.line.read({ kind: 'read-bucket', volume, bucket }));
  }
  await judge(this, [...outcomes, ...reads], () => assertListedAsRead(outcomes, reads));
});

async function list(world: OmWorld, page: PageOf, size: number, between: Operation | undefined): Promise<void> {
  world.leader = await world.line.leader();
  const afterFirstPage =
    between === undefined
      ? undefined
      : async () => {
          world.outcomes = [await world.line.send(between)];
        };
  world.pages = {
    outcomes: await listPages(world.line, { page, size, maxPages: MAX_PAGES, afterFirstPage }, namesIn),
    size,
    quiet: between === undefined,
  };
}

function pagesOf(world: OmWorld): NonNullable<OmWorld['pages']> {
  if (world.pages === undefined) throw new Error('no step of this scenario listed anything');
  return world.pages;
}
