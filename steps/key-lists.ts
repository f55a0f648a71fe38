/** Steps: what an answer about a list of keys names, and listings beside each other. */
import { Then } from '@cucumber/cucumber';
import { namesIn } from '../kit/assert/page-read.js';
import { assertListingsAgree, assertReadsAgree } from '../kit/assert/reads-agree.js';
import { assertUndeleted, assertUnrenamed } from '../kit/assert/undone.js';
import { requestOf } from '../kit/scenario/operation.js';
import type { KeyPlace } from '../kit/scenario/operations/key.js';
import type { Renaming } from '../kit/scenario/operations/keys.js';
import { WHOLE_PAGE } from '../kit/scenario/operations/kinds.js';
import { listPages } from '../kit/scenario/paging.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import { named } from './parameters.js';
import { KEY_RANGE, RENAMINGS, readKeyRange, readRenamings } from './words/keys.js';
import type { OmWorld } from './world.js';

type Range = ReturnType<typeof readKeyRange>;

/** More pages than any listing of the features has. */
const MAX_PAGES = 40;

named('renamings', RENAMINGS, readRenamings);
named('key range', KEY_RANGE, (phrase, { names }) => readKeyRange(phrase, names));

Then('the answer names {listed} as not deleted', async function (this: OmWorld, keys: readonly string[]) {
  await judge(this, this.outcomes, () => {
    for (const outcome of this.outcomes) assertUndeleted(outcome, keys);
  });
});

Then('the answer names {renamings} as not renamed', async function (this: OmWorld, renamings: readonly Renaming[]) {
  await judge(this, this.outcomes, () => {
    for (const outcome of this.outcomes) assertUnrenamed(outcome, renamings);
  });
});

// One outline with many ranges.
Then(
  '{key range} are listed alike in full and in short, {int} at a time',
  async function (this: OmWorld, range: Range, size: number) {
    const full = await pagesOf(this, 'list-keys', range, size);
    const short = await pagesOf(this, 'list-keys-light', range, size);
    await judge(this, [...full, ...short], () => assertListingsAgree(full, short));
  },
);

Then('every read of {key} says the same', async function (this: OmWorld, place: KeyPlace) {
  const { volume, bucket, key } = place;
  const reads = [
    await this.line.read({ kind: 'read-key', ...place }),
    await this.line.read({ kind: 'look-up-key', ...place }),
    await this.line.read({ kind: 'list-keys', volume, bucket, count: WHOLE_PAGE }),
    await this.line.read({ kind: 'list-keys-light', volume, bucket, count: WHOLE_PAGE }),
  ] as const;
  await judge(this, reads, () => assertReadsAgree(key, reads));
});

async function pagesOf(
  world: OmWorld,
  kind: 'list-keys' | 'list-keys-light',
  { after: first, ...range }: Range,
  size: number,
): Promise<readonly Outcome[]> {
  const page = (after: string | undefined, count: number) =>
    requestOf({ kind, ...range, ...(after === undefined ? {} : { after }), count });
  return await listPages(
    world.line,
    { page, after: first, size, maxPages: MAX_PAGES, afterFirstPage: undefined },
    namesIn,
  );
}
