/** Phrases about keys, such as `deletes key "a" in bucket "box"`. A key's name is that on the wire: buckets are the scenario's own. */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import type { KeyPlace, KeySaid } from '../../kit/scenario/operations/key.js';
import type { KeyRange, Renaming } from '../../kit/scenario/operations/keys.js';
import { WHOLE_PAGE } from '../../kit/scenario/operations/kinds.js';
import { BUCKET, readBucket } from './buckets.js';
import { type Phrase, QUOTED } from './phrase.js';
import { PAIRS, quotedTexts, readPairs, readText } from './texts.js';

const LIST = `${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})?`;
const SAID = `(?: with \\d+ bytes?(?: in no block)?)?(?: with content ${QUOTED})?(?: with metadata ${PAIRS})?(?: with tags ${PAIRS})?`;
const RENAMING = `${QUOTED} to ${QUOTED}`;
const RANGE = `(?: with prefix ${QUOTED})?(?: after ${QUOTED})?`;

/** `key "a/b" in bucket "box"` */
export const KEY = new RegExp(`key ${QUOTED} in ${BUCKET.source}`);
/** `key "a" in bucket "box" with content "one" with tags "colour" as "red"` */
export const KEY_WITH = new RegExp(`${KEY.source}${SAID}`);
/** `keys "a", "b" and "c" in bucket "box"`, `key "a" in bucket "box" with content "one"` */
export const WRITTEN_KEYS = new RegExp(`keys? ${LIST} in ${BUCKET.source}${SAID}`);
/** `keys "a", "b" and "c"`, `key "a"` */
export const KEY_LIST = new RegExp(`keys? ${LIST}`);
/** `the keys of bucket "box" with prefix "a/" after "a/b"`: all of them, or those of a range. */
export const KEY_RANGE = new RegExp(`the keys of ${BUCKET.source}${RANGE}`);

/** A key that takes more than one request to make. */
export interface WrittenKey extends KeyPlace, KeySaid {
  readonly kind: 'written-key';
}

export function readKey(phrase: string, names: ScenarioNames): KeyPlace {
  return { ...readBucket(phrase, names), key: quotedTexts(phrase)[0] ?? '' };
}

/** A key with what a client says of it. */
export function readKeyWith(phrase: string, names: ScenarioNames): KeyPlace & KeySaid {
  return { ...readKey(phrase, names), ...readSaid(phrase) };
}

/** Keys that are to be there, all alike but for their names. */
export function readWrittenKeys(phrase: string, names: ScenarioNames): readonly WrittenKey[] {
  const [keys = ''] = phrase.split(' in bucket ');
  const alike = { ...readBucket(phrase, names), ...readSaid(phrase) };
  return quotedTexts(keys).map((key) => ({ kind: 'written-key', ...alike, key }));
}

/** What stands behind the place of a key. */
export function readSaid(phrase: string): KeySaid {
  const [, bytes, nowhere] = /" with (\d+) bytes?( in no block)?/.exec(phrase) ?? [];
  const [, content] = / with content "([^"]*)"/.exec(phrase) ?? [];
  const [, metadata] = / with metadata (.+?)(?: with tags .+)?$/.exec(phrase) ?? [];
  const [, tags] = / with tags (.+)$/.exec(phrase) ?? [];
  return {
    ...(bytes === undefined ? {} : { bytes: BigInt(bytes) }),
    ...(nowhere === undefined ? {} : { inNoBlock: true as const }),
    ...(content === undefined ? {} : { content: readText(content) }),
    ...(metadata === undefined ? {} : { metadata: readPairs(metadata) }),
    ...(tags === undefined ? {} : { tags: readPairs(tags) }),
  };
}

export function readKeyRange(phrase: string, names: ScenarioNames) {
  const [, prefix] = / with prefix "([^"]*)"/.exec(phrase) ?? [];
  const [, after] = / after "([^"]*)"/.exec(phrase) ?? [];
  const range: KeyRange = {
    ...(prefix === undefined ? {} : { prefix: readText(prefix) }),
    ...(after === undefined ? {} : { after: readText(after) }),
  };
  return { ...readBucket(phrase, names), ...range };
}

/** `"a" to "b" and "c" to "d"`, `nothing` */
export const RENAMINGS = new RegExp(`nothing|${RENAMING}(?:, ${RENAMING})*(?: and ${RENAMING})?`);

export function readRenamings(phrase: string): Renaming[] {
  return [...phrase.matchAll(/"([^"]*)" to "([^"]*)"/g)].map(([, from = '', to = '']) => ({
    from: readText(from),
    to: readText(to),
  }));
}

function lastText(phrase: string): string {
  return quotedTexts(phrase).at(-1) ?? '';
}

function lastNumber(phrase: string): bigint {
  return BigInt(/(\d+)$/.exec(phrase)?.[1] ?? 0);
}

export const keyPhrases: readonly Phrase[] = [
  {
    form: new RegExp(`opens ${KEY_WITH.source}`),
    read: (phrase, names) => ({ kind: 'open-key', ...readKeyWith(phrase, names) }),
  },
  {
    form: new RegExp(`commits ${KEY.source} as client id \\d+`),
    read: (phrase, names) => ({ kind: 'commit-key', ...readKey(phrase, names), clientId: lastNumber(phrase) }),
  },
  {
    form: new RegExp(`allocates a block of ${KEY.source} as client id \\d+`),
    read: (phrase, names) => ({ kind: 'allocate-block', ...readKey(phrase, names), clientId: lastNumber(phrase) }),
  },
  {
    form: new RegExp(`reads ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'read-key', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`looks up ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'look-up-key', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`deletes ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'delete-key', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`renames ${KEY.source} to ${QUOTED}`),
    read: (phrase, names) => ({ kind: 'rename-key', ...readKey(phrase, names), to: lastText(phrase) }),
  },
  {
    form: new RegExp(`tags ${KEY.source} with (?:nothing|${PAIRS})`),
    read: (phrase, names) => ({
      kind: 'put-tags',
      ...readKey(phrase, names),
      tags: readPairs(/" with (.+)$/.exec(phrase)?.[1] ?? ''),
    }),
  },
  {
    form: new RegExp(`reads the tags of ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'read-tags', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`removes the tags of ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'remove-tags', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`lists ${KEY_RANGE.source}`),
    read: (phrase, names) => ({ kind: 'list-keys', ...readKeyRange(phrase, names), count: WHOLE_PAGE }),
  },
  {
    form: new RegExp(`lists ${KEY_RANGE.source} in short`),
    read: (phrase, names) => ({ kind: 'list-keys-light', ...readKeyRange(phrase, names), count: WHOLE_PAGE }),
  },
  {
    form: new RegExp(`deletes keys ${LIST} in ${BUCKET.source}`),
    read: (phrase, names) => ({
      kind: 'delete-keys',
      ...readBucket(phrase, names),
      keys: quotedTexts(phrase.split(' in bucket ')[0] ?? ''),
    }),
  },
  {
    form: new RegExp(`renames keys ${RENAMING}(?:, ${RENAMING})*(?: and ${RENAMING})? in ${BUCKET.source}`),
    read: (phrase, names) => ({
      kind: 'rename-keys',
      ...readBucket(phrase, names),
      renamings: readRenamings(phrase.split(' in bucket ')[0] ?? ''),
    }),
  },
];
