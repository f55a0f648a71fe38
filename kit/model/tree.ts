/** Where a name is in a bucket of directories, and the same bucket with an entry put there, or taken away. A flat bucket is a root. */
import { type Bucket, type Children, type Directory, type Entry, put, type Token } from './state.js';

/** The directory that a path's last part is, or would be, in. */
export type Parent =
  | { readonly kind: 'directory'; readonly object: Token; readonly children: Children }
  /** The first `there` parts are directories, the next one is nothing. */
  | { readonly kind: 'missing'; readonly there: number }
  /** A part on the way is a file. */
  | { readonly kind: 'file' };

/** Walks down directories from the root. */
export function directoryAt(bucket: Bucket, parts: readonly string[]): Parent {
  let at: { readonly object: Token; readonly children: Children } = { object: bucket.object, children: bucket.root };
  for (const [position, part] of parts.entries()) {
    const next = at.children.get(part);
    if (next === undefined) return { kind: 'missing', there: position };
    if (next.kind === 'key') return { kind: 'file' };
    at = next;
  }
  return { kind: 'directory', object: at.object, children: at.children };
}

export interface Found {
  readonly parent: Token;
  readonly entry: Entry;
}

/** What a path of at least one part names. */
export function entryAt(bucket: Bucket, parts: readonly string[]): Found | undefined {
  const parent = directoryAt(bucket, parts.slice(0, -1));
  const entry = parent.kind === 'directory' ? parent.children.get(parts.at(-1) ?? '') : undefined;
  return parent.kind === 'directory' && entry !== undefined ? { parent: parent.object, entry } : undefined;
}

/** @param entry undefined takes away what is there */
export function withEntry(bucket: Bucket, parts: readonly string[], entry: Entry | undefined): Bucket {
  return { ...bucket, root: replaced(bucket.root, parts, entry) };
}

function replaced(children: Children, parts: readonly string[], entry: Entry | undefined): Children {
  const [name = '', ...below] = parts;
  if (below.length === 0) return put(children, name, entry);
  const directory = children.get(name);
  // Whoever puts an entry has made sure of its directories.
  if (directory?.kind !== 'directory') return children;
  return put<string, Entry>(children, name, { ...directory, children: replaced(directory.children, below, entry) });
}

/** A new directory in each of the missing places, top down. */
export function withDirectories(
  bucket: Bucket,
  parts: readonly string[],
  made: readonly Omit<Directory, 'children' | 'kind'>[],
): Bucket {
  const first = parts.length - made.length + 1;
  return made.reduce<Bucket>(
    (grown, directory, more) =>
      withEntry(grown, parts.slice(0, first + more), { ...directory, kind: 'directory', children: new Map() }),
    bucket,
  );
}
