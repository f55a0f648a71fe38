/** Observable: a name of a key is kept exactly, or refused and nothing is made (NS-KEY-10). */

import { accepted } from '../run/leader.js';
import type { RoundTrip } from '../scenario/round-trip.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { keyIn } from './key-read.js';
import { compareBytes, namesOnPage } from './listing.js';

/**
 * Assertion `name-kept`: the key that was made is read, listed and deleted under exactly its name. Assertion `name-refused`: where
 * it was not made, an answer says so, nothing has that name and the bucket lists what it did.
 */
export function assertRoundTrip(trip: RoundTrip): void {
  if (accepted(trip.made)) assertKept(trip);
  else assertRefused(trip);
}

function assertKept({ key, before, made, read, listed, deleted, readAfter, after }: RoundTrip): void {
  const fail = (expected: string, found: string, outcome: Outcome) =>
    failure('name-kept', expected, found, [made, outcome]);
  const found = keyIn(read)?.keyName;
  if (found !== key) {
    throw fail(`key ${show(key)}`, found === undefined ? describe(read) : `key ${show(found)}`, read);
  }
  const wanted = [...namesOnPage(before), key];
  if (!same(listed, wanted)) throw fail(`keys ${show(wanted)}`, `keys ${show(namesOnPage(listed))}`, listed);
  if (!accepted(deleted)) throw fail(`key ${show(key)} deleted`, describe(deleted), deleted);
  if (keyIn(readAfter) !== undefined) throw fail(`no key ${show(key)} after it was deleted`, 'it is there', readAfter);
  if (same(after, namesOnPage(before))) return;
  throw fail(`keys ${show(namesOnPage(before))} after it was deleted`, `keys ${show(namesOnPage(after))}`, after);
}

function assertRefused({ key, before, made, read, listed }: RoundTrip): void {
  const fail = (expected: string, found: string, outcome: Outcome) =>
    failure('name-refused', expected, found, [made, outcome]);
  if (made.kind !== 'answered') throw fail(`key ${show(key)} made or refused in an answer`, describe(made), made);
  if (keyIn(read) !== undefined) throw fail(`no key ${show(key)}, which was refused`, 'it is there', read);
  if (same(listed, namesOnPage(before))) return;
  throw fail(`keys ${show(namesOnPage(before))}, as before`, `keys ${show(namesOnPage(listed))}`, listed);
}

function same(page: Outcome, names: readonly string[]): boolean {
  const sorted = (list: readonly string[]) => show([...list].sort(compareBytes));
  return sorted(namesOnPage(page)) === sorted(names);
}
