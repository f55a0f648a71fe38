/** Steps: trees of files and directories, and what becomes of the whole of one. */
import { Given, Then } from '@cucumber/cucumber';
import { assertChildren } from '../kit/assert/children.js';
import { assertPathGone } from '../kit/assert/not-found.js';
import { assertTreeMoved, assertTreeUnchanged } from '../kit/assert/tree.js';
import { movedPath } from '../kit/scenario/known-tree.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import type { KeyPlace } from '../kit/scenario/operations/key.js';
import { randomTree } from '../kit/scenario/random-tree.js';
import { lookAtTree, plantTree, readEveryWay } from '../kit/scenario/tree.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

Given('the tree {children} in {bucket}', async function (this: OmWorld, names: readonly string[], place: BucketPlace) {
  this.trees.set(place, await plantTree(this.line, place, names));
});

Given(
  'a random tree of {int} names below {directory}',
  async function (this: OmWorld, count: number, { key, ...place }: KeyPlace) {
    const names = randomTree(this.run.seed, count).map((name) => `${key}/${name}`);
    this.trees.set(place, await plantTree(this.line, place, [`${key}/`, ...names]));
  },
);

Then('all of {folder} is as it was', async function (this: OmWorld, { key, ...place }: KeyPlace) {
  const looks = await lookAtTree(this.line, place, this.trees.within(place, key), (path) => path);
  const root = await this.line.read({ kind: 'list-status', ...place, key: '' });
  await judge(this, [...looks.map(({ status }) => status), root], () => {
    assertTreeUnchanged(looks);
    if (key === '') assertChildren({ folder: '', pages: [root] }, this.trees.childrenIn(place, ''));
  });
});

Then('all of {directory} is at {string}', async function (this: OmWorld, { key, ...place }: KeyPlace, to: string) {
  const entries = this.trees.within(place, key);
  const looks = await lookAtTree(this.line, place, entries, (path) => movedPath(path, key, to));
  await judge(
    this,
    looks.map(({ status }) => status),
    () => assertTreeMoved(looks),
  );
  await judgeGone(this, place, key);
});

Then('all of {directory} is gone', async function (this: OmWorld, { key, ...place }: KeyPlace) {
  await judgeGone(this, place, key);
});

async function judgeGone(world: OmWorld, place: BucketPlace, folder: string): Promise<void> {
  const paths = world.trees.within(place, folder).map(({ path }) => path);
  const gone = await readEveryWay(world.line, place, paths);
  const all = gone.flatMap(({ reads }) => reads);
  await judge(world, all, () => {
    for (const { path, reads } of gone) assertPathGone(reads, path);
  });
}
