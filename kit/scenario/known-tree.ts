/**
 * Files and directories as a scenario made them, by path, and how each read then. What should be where is worked out from the
 * names that were made, never from what an OM lists. Pure.
 */
import type { Outcome } from '../wire/outcome.js';
import type { BucketPlace } from './operations/bucket.js';

export interface TreeEntry {
  /** Without a slash at its end. */
  readonly path: string;
  readonly directory: boolean;
}

/** Paths as a feature lists them, a slash behind each directory, with the parents that they imply; parents come first. */
export function entriesOf(names: readonly string[]): readonly TreeEntry[] {
  const entries = new Map<string, TreeEntry>();
  for (const name of names) {
    const components = name.split('/').filter((component) => component !== '');
    for (const at of components.keys()) {
      const path = components.slice(0, at + 1).join('/');
      const directory = at + 1 < components.length || name.endsWith('/');
      if (!entries.has(path)) entries.set(path, { path, directory });
    }
  }
  return [...entries.values()];
}

/** What a directory holds, as a listing has to show it: in the order of the bytes of the names, a slash behind each directory. */
export function childrenOf(entries: readonly TreeEntry[], folder: string): string[] {
  const before = folder === '' ? '' : `${folder}/`;
  return entries
    .filter(({ path }) => path.startsWith(before) && !path.slice(before.length).includes('/') && path !== folder)
    .map(({ path, directory }) => ({ name: path.slice(before.length), directory }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map(({ name, directory }) => (directory ? `${name}/` : name));
}

/** A directory and all below it; everything for the root. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The path that something below `from` has once `from` is `to`. */
export function movedPath(path: string, from: string, to: string): string {
  return to + path.slice(from.length);
}

/** An entry with the read that showed it as it was made. */
export interface KnownEntry extends TreeEntry {
  readonly before: Outcome;
}

/** The trees of a scenario, by bucket. */
export class KnownTrees {
  readonly #trees = new Map<string, readonly KnownEntry[]>();

  set(place: BucketPlace, entries: readonly KnownEntry[]): void {
    this.#trees.set(nameOf(place), entries);
  }

  /** A directory's entries, itself among them. Throws where no Given of the scenario made any. */
  within(place: BucketPlace, folder: string): readonly KnownEntry[] {
    const found = (this.#trees.get(nameOf(place)) ?? []).filter(({ path }) => isWithin(folder, path));
    if (found.length === 0) throw new Error(`no Given of this scenario made a tree in ${nameOf(place)} at "${folder}"`);
    return found;
  }

  /** What was made in a directory, as a listing has to show it. */
  childrenIn(place: BucketPlace, folder: string): readonly string[] {
    return childrenOf(this.within(place, folder), folder);
  }
}

function nameOf({ volume, bucket }: BucketPlace): string {
  return `${volume}/${bucket}`;
}
