/** Free key-value pairs of a volume, bucket or key: what a request may send and what is stored. */
import type { hadoop } from '#proto';
import type { Plain } from '../wire/plain.js';

export type KeyValue = Plain<hadoop.hdds.KeyValue.$Properties>;

/** What is wrong with the pairs of a request; undefined when they are good. Upstream stops the node on a repeated key. */
export function metadataFault(pairs: readonly KeyValue[]): string | undefined {
  const keys = new Set<string>();
  for (const { key } of pairs) {
    if (keys.has(key)) return `the metadata key "${key}" is given twice`;
    keys.add(key);
  }
  return undefined;
}

/** A pair without a value has an empty one. The order of the request is kept, so that equal requests give equal rows. */
export function storedMetadata(pairs: readonly KeyValue[]): KeyValue[] {
  return pairs.map(({ key, value }) => ({ key, value: value ?? '' }));
}

/** Pairs of `added` replace those with the same key, in their place; new ones come last. */
export function mergedMetadata(present: readonly KeyValue[], added: readonly KeyValue[]): KeyValue[] {
  const merged = new Map(present.map((pair) => [pair.key, pair]));
  for (const pair of storedMetadata(added)) merged.set(pair.key, pair);
  return [...merged.values()];
}
