/** Lists page after page, as a client does: each page starts after the last name of the one before it. */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Request } from './operation.js';

/** Asks for a page of a listing, after a name or from the listing's beginning. */
export type PageOf = (after: string | undefined, size: number) => Request;

export interface Paging {
  readonly page: PageOf;
  /** Name behind which the first page begins; undefined = from the listing's beginning. */
  readonly after?: string | undefined;
  /** Most names on a page. */
  readonly size: number;
  /** A listing that has not ended after so many pages is cut off. */
  readonly maxPages: number;
  /** Done once, after the first page. */
  readonly afterFirstPage: (() => Promise<void>) | undefined;
}

/** Every page up to an empty one, or up to an outcome that is no page. `namesOn` reads a page. */
export async function listPages(
  line: LeaderLine,
  paging: Paging,
  namesOn: (page: Outcome) => readonly string[] | undefined,
): Promise<Outcome[]> {
  const pages: Outcome[] = [];
  let { after } = paging;
  while (pages.length < paging.maxPages) {
    const page = await line.read(paging.page(after, paging.size));
    const names = namesOn(page);
    pages.push(page);
    if (names === undefined || names.length === 0) break;
    after = names.at(-1);
    if (pages.length === 1) await paging.afterFirstPage?.();
  }
  return pages;
}
