/** Observable: a listing that began after a change was acknowledged shows it (RC-5, upstream's HDDS-14741). */
import type { Outcome } from '../wire/outcome.js';
import { pathsOn } from './children.js';
import { describe, failure, show } from './found.js';
import { namesIn } from './page-read.js';

/** A listing, and what has to be on it by the writes acknowledged before it. */
export interface ListedAfter {
  /** The last of those writes. */
  readonly write: Outcome;
  readonly page: Outcome;
  readonly has: readonly string[];
  readonly hasNot: readonly string[];
}

/** Assertion `listed-after`: every listing was answered, misses none of the names that were made, and shows none that was deleted. */
export function assertListedAfter(listings: readonly ListedAfter[]): void {
  if (listings.length === 0) throw new Error('no listing to judge');
  for (const { write, page, has, hasNot } of listings) {
    const names = namesIn(page) ?? pathsOn(page);
    const wrong = (expected: string, found: string) => failure('listed-after', expected, found, [write, page]);
    if (names === undefined) throw wrong('a listing', describe(page));
    const seen = new Set(names);
    const missing = has.filter((name) => !seen.has(name));
    if (missing.length > 0)
      throw wrong(`${show(missing)}, acknowledged before, in the listing`, `${show(names)} on ${page.node}`);
    const left = hasNot.filter((name) => seen.has(name));
    if (left.length > 0)
      throw wrong(`no ${show(left)}, deleted before, in the listing`, `${show(names)} on ${page.node}`);
  }
}
