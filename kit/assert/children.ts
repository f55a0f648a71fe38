/**
 * Observable: what a listing of a directory shows, one page or several put together (NS-FSO-2). A child is told by its name, with
 * a slash behind that of a directory.
 */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import type { FileStatus } from './status-read.js';

/** Ozone shows this many where less is asked for: a page of one could only be the start key again. */
const LEAST_PAGE = 2;

/** Pages of one directory, in the order in which they were asked for. */
export interface DirectoryPages {
  /** Path of the directory; empty for the root. */
  readonly folder: string;
  readonly pages: readonly Outcome[];
}

/** Entries of a ListStatus, or undefined where it answered none for whatever reason. */
export function entriesIn(page: Outcome): readonly FileStatus[] | undefined {
  if (page.kind !== 'answered' || page.response.status !== hadoop.ozone.Status.OK) return undefined;
  return page.response.listStatusResponse && (page.response.listStatusResponse.statuses ?? []);
}

/** Paths on a page, none where there is no page. */
export function pathsOn(page: Outcome): string[] | undefined {
  return entriesIn(page)?.map(({ keyInfo }) => keyInfo?.keyName ?? '');
}

/** The entries of a page; what is no page fails as `directory-page`. */
function entriesOn(page: Outcome): readonly FileStatus[] {
  const entries = entriesIn(page);
  if (entries === undefined) throw failure('directory-page', 'a page of a directory', describe(page), [page]);
  return entries;
}

/**
 * Assertion `directory-page`: every outcome is a page of a directory. Assertion `directory-page-size`: none holds more than was
 * asked for, or than two.
 */
export function assertEntriesOnPage({ pages }: DirectoryPages, size: number): void {
  if (pages.length === 0) throw new Error('no page to judge');
  const most = Math.max(size, LEAST_PAGE);
  for (const page of pages) {
    const entries = entriesOn(page);
    if (entries.length <= most) continue;
    throw failure('directory-page-size', `at most ${most} entries on a page`, `${entries.length}`, [page]);
  }
}

/** Assertion `directory-listing-ends`: the last page shows nothing that the one before it did not, so that a client stops. */
export function assertDirectoryEnds({ pages }: DirectoryPages): void {
  const last = pages.at(-1);
  if (last === undefined) throw new Error('no page to judge');
  const fresh = freshOn(last, pages.at(-2)).map(nameOf);
  if (fresh.length === 0) return;
  throw failure(
    'directory-listing-ends',
    'no more entries at the end',
    `${show(fresh)} on page ${pages.length}`,
    pages,
  );
}

/** Assertion `directory-content`: the pages together show exactly these children, each once, in this order. */
export function assertChildren(listing: DirectoryPages, expected: readonly string[]): void {
  const { folder, pages } = listing;
  if (pages.length === 0) throw new Error('no page to judge');
  const found = pages.flatMap((page, at) => freshOn(page, pages[at - 1])).map((entry) => childOf(folder, entry));
  if (show(found) === show(expected)) return;
  const where = folder === '' ? 'the root' : `directory ${show(folder)}`;
  throw failure('directory-content', `${show(expected)} in ${where}`, show(found), pages);
}

/** The entries of a page without the one that the page before it ended with: its start key. */
function freshOn(page: Outcome, before: Outcome | undefined): readonly FileStatus[] {
  const entries = entriesOn(page);
  const last = before === undefined ? undefined : entriesOn(before).at(-1);
  const [first, ...rest] = entries;
  return last !== undefined && first !== undefined && nameOf(first) === nameOf(last) ? rest : entries;
}

function nameOf({ keyInfo }: FileStatus): string {
  return keyInfo?.keyName ?? '';
}

/** Whatever is not right below the folder keeps its whole path, and so is no child that was expected. */
function childOf(folder: string, entry: FileStatus): string {
  const path = nameOf(entry).replace(/\/$/, '');
  const before = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
  const name = path.startsWith(before) ? path.slice(before.length) : `path ${path}`;
  return entry.isDirectory === true ? `${name}/` : name;
}
