/** Observable: different reads of the same keys say the same (NS-KEY-11, NS-KEY-14). */
import type { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import type { Plain } from '../wire/plain.js';
import { describe, differingFields, failure, pick, show } from './found.js';
import { type KeyInfo, keyIn } from './key-read.js';
import { namesOnPage } from './listing.js';
import { saysMore } from './page-read.js';

type LightKey = Plain<hadoop.ozone.BasicKeyInfo.$Properties>;

/** What a listing in short says of a key, in the words of a whole one. */
const LIGHT = [
  'keyName',
  'dataSize',
  'creationTime',
  'modificationTime',
  'type',
  'factor',
  'ownerName',
  'isFile',
] as const;
const ETAG = 'ETag';

/**
 * Assertion `reads-agree`: GetKeyInfo, LookupKey, ListKeys and ListKeysLight show the same of one key, field by field, as far as
 * each of them speaks of it.
 */
export function assertReadsAgree(
  key: string,
  [known, looked, listed, light]: readonly [known: Outcome, looked: Outcome, listed: Outcome, light: Outcome],
): void {
  const expected = keyIn(known);
  if (expected === undefined) throw failure('reads-agree', `key ${show(key)}`, describe(known), [known]);
  if (expected.keyName !== key) {
    throw failure('reads-agree', `a key named ${show(key)}`, `one named ${show(expected.keyName)}`, [known]);
  }
  compare('LookupKey', expected, keyIn(looked), [known, looked]);
  compare(
    'ListKeys',
    expected,
    listedKeys(listed).find(({ keyName }) => keyName === key),
    [known, listed],
  );
  compareLight(
    expected,
    lightKeys(light).find(({ keyName }) => keyName === key),
    [known, light],
  );
}

/** Assertion `listings-agree`: page by page, ListKeys and ListKeysLight show the same keys and the same end. */
export function assertListingsAgree(pages: readonly Outcome[], lightPages: readonly Outcome[]): void {
  for (let number = 0; number < Math.max(pages.length, lightPages.length); number += 1) {
    const [page, light] = [pages[number], lightPages[number]];
    if (page === undefined || light === undefined) {
      const [whole, short] = [pages, lightPages].map((all) => show(all.map(namesOnPage)));
      throw failure('listings-agree', `in short the pages ${whole}`, `${short}`, [...pages, ...lightPages]);
    }
    const [wanted, found] = [page, light].map((one) => `${show(namesOnPage(one))}, ${endOf(one)}`);
    if (wanted !== found) throw failure('listings-agree', `in short ${wanted}`, `${found}`, [page, light]);
    for (const [index, info] of listedKeys(page).entries()) {
      compareLight(info, lightKeys(light)[index], [page, light], 'listings-agree');
    }
  }
}

function compare(by: string, expected: KeyInfo, found: KeyInfo | undefined, outcomes: readonly Outcome[]): void {
  const name = show(expected.keyName);
  if (found === undefined) throw failure('reads-agree', `key ${name} in ${by}`, 'no such key there', outcomes);
  const [left, right] = [expected, found].map(inOrder);
  if (left === undefined || right === undefined) return;
  const fields = differingFields(left, right);
  if (fields.length === 0) return;
  throw failure('reads-agree', `key ${name} in ${by} with ${pick(left, fields)}`, pick(right, fields), outcomes);
}

function compareLight(
  expected: KeyInfo,
  found: LightKey | undefined,
  outcomes: readonly Outcome[],
  assertion = 'reads-agree',
): void {
  const name = show(expected.keyName);
  if (found === undefined) throw failure(assertion, `key ${name} in ListKeysLight`, 'no such key there', outcomes);
  const whole = { ...picked(expected), eTag: expected.metadata?.find(({ key }) => key === ETAG)?.value ?? '' };
  const light = { ...picked(found), eTag: found.eTag ?? '' };
  const fields = differingFields(whole, light);
  if (fields.length === 0) return;
  throw failure(assertion, `key ${name} in ListKeysLight with ${pick(whole, fields)}`, pick(light, fields), outcomes);
}

function picked(record: KeyInfo | LightKey): object {
  return Object.fromEntries(LIGHT.map((field) => [field, record[field]]));
}

/** Metadata and tags have no order. */
function inOrder(info: KeyInfo): object {
  const sorted = (pairs: KeyInfo['metadata']) => (pairs ?? []).map(show).sort();
  return { ...info, metadata: sorted(info.metadata), tags: sorted(info.tags) };
}

function endOf(page: Outcome): string {
  const more = page.kind === 'answered' ? saysMore(page.response) : undefined;
  return `isTruncated ${show(more)}`;
}

function listedKeys(page: Outcome): readonly KeyInfo[] {
  return page.kind === 'answered' ? (page.response.listKeysResponse?.keyInfo ?? []) : [];
}

function lightKeys(page: Outcome): readonly LightKey[] {
  return page.kind === 'answered' ? (page.response.listKeysLightResponse?.basicKeyInfo ?? []) : [];
}
