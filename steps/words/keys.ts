/** Phrases about keys, such as `deletes key "a" in bucket "box"`. A key's name is that on the wire: buckets are the scenario's own. */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import type { KeyPlace } from '../../kit/scenario/operations/key.js';
import { BUCKET, readBucket } from './buckets.js';
import { type Phrase, QUOTED, quotedWords } from './phrase.js';

/** `key "a/b" in bucket "box"` */
export const KEY = new RegExp(`key ${QUOTED} in ${BUCKET.source}`);
/** `keys "a", "b" and "c" in bucket "box"`, `key "a" in bucket "box" with content "one"` */
export const WRITTEN_KEYS = new RegExp(
  `keys? ${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})? in ${BUCKET.source}(?: with content ${QUOTED})?`,
);

/** A key that takes more than one request to make. */
export interface WrittenKey extends KeyPlace {
  readonly kind: 'written-key';
  readonly content: string | undefined;
}

export function readKey(phrase: string, names: ScenarioNames): KeyPlace {
  return { ...readBucket(phrase, names), key: quotedWords(phrase)[0] ?? '' };
}

/** Keys that are to be there, each with the same content. */
export function readWrittenKeys(phrase: string, names: ScenarioNames): readonly WrittenKey[] {
  const [keys = ''] = phrase.split(' in bucket ');
  const [, content] = /" with content "([^"]*)"$/.exec(phrase) ?? [];
  return quotedWords(keys).map((key) => ({ kind: 'written-key', ...readBucket(phrase, names), key, content }));
}

export const keyPhrases: readonly Phrase[] = [
  {
    form: new RegExp(`reads ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'read-key', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`deletes ${KEY.source}`),
    read: (phrase, names) => ({ kind: 'delete-key', ...readKey(phrase, names) }),
  },
];
