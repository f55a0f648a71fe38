/** Observable: what a bucket shows, whichever way it is listed (NS-BKT-8). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { commandName, describe, failure, show } from './found.js';
import { namesIn } from './page-read.js';

/** Names on a page of ListKeys, ListKeysLight or ListStatus, or undefined where it answered none. */
export function entriesIn(outcome: Outcome): readonly string[] | undefined {
  if (outcome.kind !== 'answered' || outcome.response.status !== hadoop.ozone.Status.OK) return undefined;
  const tree = outcome.response.listStatusResponse;
  return tree == null ? namesIn(outcome) : (tree.statuses ?? []).map(({ keyInfo }) => keyInfo?.keyName ?? '');
}

/** Assertion `shows-nothing`: every listing is answered, and none has an entry. */
export function assertShowsNothing(listings: readonly Outcome[]): void {
  if (listings.length === 0) throw new Error('no listing to judge');
  for (const listing of listings) {
    const entries = entriesIn(listing);
    const expected = `${commandName(listing.request.cmdType)} without an entry`;
    if (entries === undefined) throw failure('shows-nothing', expected, describe(listing), [listing]);
    if (entries.length > 0) throw failure('shows-nothing', expected, show(entries), [listing]);
  }
}
