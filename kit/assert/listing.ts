/** Observable: the pages of a listing, put together (NS-VOL-6, NS-BKT-6, NS-KEY-8). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { namesIn, saysMore } from './page-read.js';

const { Status, Type } = hadoop.ozone;

/** How a client listed, and what its pages together have to hold. */
export interface AskedListing {
  /** Names on a page at most. */
  readonly size: number;
  /** In the order of their bytes. */
  readonly names: readonly string[];
  /** Nothing was changed between the pages. */
  readonly quiet: boolean;
}

/**
 * What the pages of any listing have to keep: `page-size`, `listing-order`, `listing-ends` and `listing-content`. Where keys are
 * listed the rule honours the count, and a page says whether there is more: `page-full` and `page-truncated`, which a change
 * between the pages can undo.
 */
export function assertListing(pages: readonly Outcome[], { size, names, quiet }: AskedListing): void {
  assertPageSize(pages, size);
  assertAscending(pages);
  assertListingEnds(pages);
  assertListed(pages, names);
  if (!quiet || !pages.every(isOfKeys)) return;
  assertPagesFull(pages, size);
  assertSaysMore(pages);
}

/** Names on one page. Assertion `page-answered`: the outcome is an answer with status OK. */
export function namesOnPage(page: Outcome): string[] {
  if (page.kind !== 'answered' || page.response.status !== Status.OK) {
    throw failure('page-answered', 'a page of a listing', describe(page), [page]);
  }
  return namesIn(page) ?? [];
}

/** Assertion `listing-order`: names ascend over all pages in byte order, so none comes twice. */
export function assertAscending(pages: readonly Outcome[]): void {
  if (pages.length === 0) throw new Error('no page to judge');
  const names = pages.flatMap(namesOnPage);
  for (const [index, name] of names.entries()) {
    const before = names[index - 1];
    if (before === undefined || compareBytes(before, name) < 0) continue;
    const found = `${show(name)} after ${show(before)} in ${show(names)}`;
    throw failure('listing-order', 'each name after the one before it, in byte order', found, pages);
  }
}

/** Assertion `listing-content`: the pages together hold exactly these names, in this order. */
export function assertListed(pages: readonly Outcome[], expected: readonly string[]): void {
  if (pages.length === 0) throw new Error('no page to judge');
  const names = pages.flatMap(namesOnPage);
  if (show(names) === show(expected)) return;
  throw failure('listing-content', show(expected), show(names), pages);
}

/** Assertion `page-size`: no page holds more names than were asked for. */
export function assertPageSize(pages: readonly Outcome[], size: number): void {
  if (pages.length === 0) throw new Error('no page to judge');
  for (const page of pages) {
    const names = namesOnPage(page);
    if (names.length <= size) continue;
    throw failure('page-size', `at most ${size} names on a page`, `${names.length}: ${show(names)}`, [page]);
  }
}

/** Assertion `listing-ends`: the last page is empty, so the listing came to an end before the client gave up. */
export function assertListingEnds(pages: readonly Outcome[]): void {
  const last = pages.at(-1);
  if (last === undefined) throw new Error('no page to judge');
  const names = namesOnPage(last);
  if (names.length === 0) return;
  throw failure('listing-ends', 'an empty page at the end', `${show(names)} on page ${pages.length}`, pages);
}

/** Assertion `page-full`: a page with another behind it holds as many names as were asked for. */
export function assertPagesFull(pages: readonly Outcome[], size: number): void {
  for (const [page, next] of consecutive(pages)) {
    const names = namesOnPage(page);
    if (names.length >= size || namesOnPage(next).length === 0) continue;
    const found = `${names.length}: ${show(names)}, and behind it ${show(namesOnPage(next))}`;
    throw failure('page-full', `${size} names on a page that is not the last`, found, [page, next]);
  }
}

/** Assertion `page-truncated`: a page with another behind it does not say that it is the last. */
export function assertSaysMore(pages: readonly Outcome[]): void {
  for (const [page, next] of consecutive(pages)) {
    if (page.kind !== 'answered' || saysMore(page.response) !== false || namesOnPage(next).length === 0) continue;
    const found = `isTruncated false after ${show(namesOnPage(page))}, and behind it ${show(namesOnPage(next))}`;
    throw failure('page-truncated', 'a page that says there is more', found, [page, next]);
  }
}

function isOfKeys({ request: { cmdType } }: Outcome): boolean {
  return cmdType === Type.ListKeys || cmdType === Type.ListKeysLight;
}

function consecutive(pages: readonly Outcome[]): (readonly [Outcome, Outcome])[] {
  return pages.slice(1).flatMap((next, index) => {
    const page = pages[index];
    return page === undefined ? [] : [[page, next] as const];
  });
}

export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
