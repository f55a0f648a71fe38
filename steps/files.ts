/** Steps: what a path is, and what a directory holds. */
import { Then, When } from '@cucumber/cucumber';
import {
  assertChildren,
  assertDirectoryEnds,
  assertEntriesOnPage,
  type DirectoryPages,
  entriesIn,
  pathsOn,
} from '../kit/assert/children.js';
import { assertEntriesAgree } from '../kit/assert/entries-agree.js';
import { assertKind, type FileKind } from '../kit/assert/file-kind.js';
import { assertFileSize } from '../kit/assert/file-size.js';
import { assertServedNotFound, assertServedNotFoundAtLast } from '../kit/assert/not-found.js';
import { listDirectory } from '../kit/scenario/directory-paging.js';
import type { Operation } from '../kit/scenario/operation.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import type { KeyPlace } from '../kit/scenario/operations/key.js';
import { readUntilGone } from '../kit/scenario/until-gone.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

/** More pages than any directory of the features has. */
const MAX_PAGES = 60;

When(
  'the client pages through {folder} {int} at a time',
  async function (this: OmWorld, folder: KeyPlace, size: number) {
    this.leader = await this.line.leader();
    this.directoryPages = { size, listings: [await list(this, folder, size, undefined)] };
  },
);

// The form above, with a change in between: one outline with many changes.
When(
  'the client pages through {folder} {int} at a time and {operation} after the first page',
  async function (this: OmWorld, folder: KeyPlace, size: number, operation: Operation) {
    this.leader = await this.line.leader();
    const between = async () => {
      this.outcomes = [await this.line.send(operation)];
    };
    this.directoryPages = { size, listings: [await list(this, folder, size, between)] };
  },
);

// Of a random tree, whose directories no feature can name; its rows are the sizes of a page.
When(
  'the client pages through every directory of {bucket} {int} at a time',
  async function (this: OmWorld, place: BucketPlace, size: number) {
    this.leader = await this.line.leader();
    const folders = ['', ...this.trees.within(place, '').flatMap(({ path, directory }) => (directory ? path : []))];
    const listings: DirectoryPages[] = [];
    for (const key of folders) listings.push(await list(this, { ...place, key }, size, undefined));
    this.directoryPages = { size, listings };
  },
);

Then('the pages show {children} once each, in this order', async function (this: OmWorld, children: readonly string[]) {
  await judgePages(this, () => children);
});

// Belongs to the listing of a random tree.
Then('the pages show what was made in {bucket}, once each', async function (this: OmWorld, place: BucketPlace) {
  await judgePages(this, (folder) => this.trees.childrenIn(place, folder));
});

Then('{folder} holds {children}', async function (this: OmWorld, folder: KeyPlace, children: readonly string[]) {
  const page = await this.line.read({ kind: 'list-status', ...folder });
  await judge(this, [page], () => assertChildren({ folder: folder.key, pages: [page] }, children));
});

Then('the answer lists {children}', async function (this: OmWorld, children: readonly string[]) {
  await judge(this, this.outcomes, () => {
    for (const page of this.outcomes) assertChildren({ folder: folderOf(page), pages: [page] }, children);
  });
});

// Of a file there is nothing below it to list.
Then('the answer lists the file itself', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => {
    for (const page of this.outcomes) {
      const path = folderOf(page);
      const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      assertChildren({ folder: parent, pages: [page] }, [path.slice(parent === '' ? 0 : parent.length + 1)]);
    }
  });
});

Then('{file} has {int} byte(s)', async function (this: OmWorld, file: KeyPlace, bytes: number) {
  const reads = [
    await this.line.read({ kind: 'read-status', ...file }),
    await this.line.read({ kind: 'read-key', ...file }),
    await this.line.read({ kind: 'look-up-key', ...file }),
  ];
  await judge(this, reads, () => assertFileSize(reads, file.key, BigInt(bytes)));
});

// GetFileStatus alone answers so; its rows are paths.
Then('the answer shows a {file kind}', async function (this: OmWorld, kind: FileKind) {
  await judge(this, this.outcomes, () => assertKind(this.outcomes, kind));
});

// What makes the two reads of NS-FSO-2 one view.
Then('each entry of the answer reads alike by itself', async function (this: OmWorld) {
  const pairs = await Promise.all(
    this.outcomes.flatMap((page) =>
      (entriesIn(page) ?? []).map(async (listed) => {
        const { volumeName: volume = '', bucketName: bucket = '', keyName: key = '' } = listed.keyInfo ?? {};
        return { page, listed, read: await this.line.read({ kind: 'read-status', volume, bucket, key }) };
      }),
    ),
  );
  const reads = pairs.map(({ read }) => read);
  await judge(this, [...this.outcomes, ...reads], () => assertEntriesAgree(pairs));
});

// The observable of NS-FSO-7: its outlines are of directories that are gone.
Then('every node that serves the read finds nothing', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertServedNotFound(this.outcomes));
});

// The same where a follower's read may be old: NS-FSO-7 without a hint.
Then('every node that serves the read finds nothing in the end', async function (this: OmWorld) {
  const asked = this.outcomes;
  const histories = await Promise.all(asked.map((outcome) => readUntilGone(this.run, outcome)));
  const leader = this.leader ?? (await this.line.leader());
  await judge(this, histories.flat(), () => assertServedNotFoundAtLast(histories, leader));
});

async function list(
  { line }: OmWorld,
  folder: KeyPlace,
  size: number,
  afterFirstPage: (() => Promise<void>) | undefined,
): Promise<DirectoryPages> {
  const pages = await listDirectory(line, { folder, size, maxPages: MAX_PAGES, afterFirstPage }, pathsOn);
  return { folder: folder.key, pages };
}

async function judgePages(world: OmWorld, expected: (folder: string) => readonly string[]): Promise<void> {
  if (world.directoryPages === undefined) throw new Error('no step of this scenario listed a directory');
  const { listings, size } = world.directoryPages;
  const pages: Outcome[] = listings.flatMap((listing) => listing.pages);
  await judge(world, pages, () => {
    for (const listing of listings) {
      assertEntriesOnPage(listing, size);
      assertDirectoryEnds(listing);
      assertChildren(listing, expected(listing.folder));
    }
  });
}

function folderOf({ request }: Outcome): string {
  return request.listStatusRequest?.keyArgs.keyName ?? '';
}
