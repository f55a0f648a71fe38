/**
 * Phrases about listings: what is listed, such as `the buckets of volume "alpha" with prefix "a" after "b"`, and what the
 * pages hold, such as `buckets "a" and "b"`.
 */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import { pageRequest, requestOf } from '../../kit/scenario/operation.js';
import { bucketPageRequest } from '../../kit/scenario/operations/bucket.js';
import type { PageOf } from '../../kit/scenario/paging.js';
import { KEY_LIST, KEY_RANGE, readKeyRange } from './keys.js';
import { QUOTED, quotedWords } from './phrase.js';
import { quotedTexts } from './texts.js';

/** `the volumes`, `the buckets of volume "alpha" with prefix "a" after "b"`, `the keys of bucket "box" in short` */
export const LISTING = new RegExp(
  `the volumes|the buckets of volume ${QUOTED}(?: with prefix ${QUOTED})?(?: after ${QUOTED})?|${KEY_RANGE.source}(?: in short)?`,
);
/** `volumes "a", "b" and "c"`, `bucket "a"`, `keys "a" and "b"`, `nothing` */
export const LISTED = new RegExp(
  `nothing|(?:volumes|buckets) ${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})?|bucket ${QUOTED}|${KEY_LIST.source}`,
);

export function readListing(phrase: string, names: ScenarioNames): PageOf {
  if (phrase === 'the volumes') return (after, size) => pageRequest(names.volumePrefix, after, size);
  if (phrase.startsWith('the keys ')) return readKeyListing(phrase, names);
  const [, volume = ''] = /of volume "([^"]*)"/.exec(phrase) ?? [];
  const [, begin] = / with prefix "([^"]*)"/.exec(phrase) ?? [];
  const [, start] = / after "([^"]*)"/.exec(phrase) ?? [];
  const asked = {
    volume: names.volume(volume),
    prefix: begin === undefined ? undefined : names.bucket(begin),
  };
  const first = start === undefined ? undefined : names.bucket(start);
  return (after, count) => bucketPageRequest({ ...asked, startKey: after ?? first, count });
}

function readKeyListing(phrase: string, names: ScenarioNames): PageOf {
  const { after: first, ...range } = readKeyRange(phrase, names);
  const kind = phrase.endsWith(' in short') ? 'list-keys-light' : 'list-keys';
  return (after = first, count) => requestOf({ kind, ...range, ...(after === undefined ? {} : { after }), count });
}

/** The names on the wire, in order. */
export function readListed(phrase: string, names: ScenarioNames): readonly string[] {
  if (phrase.startsWith('key')) return quotedTexts(phrase);
  const words = quotedWords(phrase);
  return phrase.startsWith('volume')
    ? words.map((word) => names.volume(word))
    : words.map((word) => names.bucket(word));
}
