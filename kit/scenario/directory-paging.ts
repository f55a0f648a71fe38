/**
 * Lists a directory page after page, as a client does: each page starts at the last path of the one before it, which it shows
 * again.
 */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { KeyPlace } from './operations/key.js';

export interface DirectoryPaging {
  readonly folder: KeyPlace;
  /** Most entries on a page. */
  readonly size: number;
  /** A listing that has not ended after so many pages is cut off. */
  readonly maxPages: number;
  /** Done once, after the first page. */
  readonly afterFirstPage?: (() => Promise<void>) | undefined;
}

/** Every page up to one with nothing new, or up to an outcome that is no page. `pathsOn` reads a page. */
export async function listDirectory(
  line: LeaderLine,
  { folder: { volume, bucket, key }, size, maxPages, afterFirstPage }: DirectoryPaging,
  pathsOn: (page: Outcome) => readonly string[] | undefined,
): Promise<Outcome[]> {
  const pages: Outcome[] = [];
  let from = '';
  while (pages.length < maxPages) {
    const page = await line.read({ kind: 'list-status', volume, bucket, key, from, entries: BigInt(size) });
    pages.push(page);
    const last = pathsOn(page)?.at(-1);
    if (last === undefined || last === from) break;
    from = last;
    if (pages.length === 1) await afterFirstPage?.();
  }
  return pages;
}
