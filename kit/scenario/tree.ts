/** Makes trees of files and directories, and looks at every part of one. It judges nothing. */
import { statusIn } from '../assert/status-read.js';
import type { Outcome } from '../wire/outcome.js';
import { bringAbout, bringAboutKey, readGiven } from './given.js';
import { entriesOf, type KnownEntry } from './known-tree.js';
import type { LeaderLine } from './leader-line.js';
import type { BucketPlace } from './operations/bucket.js';

/** Reads that are under way at the same time. */
const AT_ONCE = 16;

/**
 * Makes files and directories, each file with its path for content, and reads each.
 *
 * @param names with a slash behind each directory; missing parents come with them
 * @throws EnvironmentError GIVEN_NOT_MET
 */
export async function plantTree(
  line: LeaderLine,
  { volume, bucket }: BucketPlace,
  names: readonly string[],
): Promise<readonly KnownEntry[]> {
  // Directories one after the other, before a file makes one of them as its parent; files have nothing to do with each other.
  for (const name of names.filter((of) => of.endsWith('/'))) {
    await bringAbout(line, { kind: 'create-directory', volume, bucket, key: name.slice(0, -1) });
  }
  const files = names.filter((of) => !of.endsWith('/'));
  await inParts(files, async (key) => await bringAboutKey(line, { volume, bucket, key }, { content: key }));
  return await inParts(entriesOf(names), async ({ path: key, directory }) => {
    const read = { kind: 'read-status', volume, bucket, key } as const;
    return { path: key, directory, before: await readGiven(line, read, (outcome) => statusIn(outcome) && outcome) };
  });
}

/** Part of a tree as it is looked at, at the path where it should be now. */
export interface EntryLook {
  readonly entry: KnownEntry;
  readonly path: string;
  readonly status: Outcome;
  /** Of a directory. */
  readonly listing: Outcome | undefined;
}

/** The status of every entry, and what every directory among them lists, at the paths that `pathOf` gives. */
export async function lookAtTree(
  line: LeaderLine,
  { volume, bucket }: BucketPlace,
  entries: readonly KnownEntry[],
  pathOf: (path: string) => string,
): Promise<readonly EntryLook[]> {
  return await inParts(entries, async (entry) => {
    const path = pathOf(entry.path);
    const place = { volume, bucket, key: path };
    const status = await line.read({ kind: 'read-status', ...place });
    const listing = entry.directory ? await line.read({ kind: 'list-status', ...place }) : undefined;
    return { entry, path, status, listing };
  });
}

/** Every way to read one path: as a file or directory, as a key, as a folder. */
export async function readEveryWay(
  line: LeaderLine,
  { volume, bucket }: BucketPlace,
  paths: readonly string[],
): Promise<readonly { readonly path: string; readonly reads: readonly Outcome[] }[]> {
  const kinds = ['read-status', 'read-key', 'look-up-key', 'list-status'] as const;
  return await inParts(paths, async (key) => ({
    path: key,
    reads: await Promise.all(kinds.map((kind) => line.read({ kind, volume, bucket, key }))),
  }));
}

async function inParts<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(each))));
  }
  return results;
}
