/**
 * Cuts a history into parts that can be judged one by one: calls that no chain of common names joins. A call on a key is about that key
 * alone, until something in the history looks at more at once: a listing or the deletion of its bucket is about all keys in it, a rename
 * or a batch about each that it names, and where buckets or volumes come and go, whatever happens in them is about them too.
 */
import type { History, HistoryCall, HistoryOperation } from '../call.js';
import { bucketName, keysIn } from '../models/registers.js';

/** @returns parts in the order of their first calls, each in the order of the history */
export function partition(history: History, calls: readonly HistoryCall[]): readonly (readonly HistoryCall[])[] {
  const places = new Places(history, calls);
  const parents = new Map<string, string>();
  const rootOf = (place: string): string => {
    let root = place;
    for (let above = parents.get(root); above !== undefined; above = parents.get(root)) root = above;
    for (let at = place; at !== root; ) {
      const above = parents.get(at) ?? root;
      parents.set(at, root);
      at = above;
    }
    return root;
  };
  const touched = calls.map(({ operation }) => places.of(operation));
  for (const [first, ...others] of touched) {
    for (const other of others) {
      const [one, two] = [rootOf(first ?? ''), rootOf(other)];
      if (one !== two) parents.set(two, one);
    }
  }
  const parts = new Map<string, HistoryCall[]>();
  for (const [at, call] of calls.entries()) {
    const root = rootOf(touched[at]?.[0] ?? '');
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [call]);
    else part.push(call);
  }
  return [...parts.values()];
}

/** Which places each call is about. */
export class Places {
  /** Volumes and buckets that come or go in the history. */
  readonly #coming = new Set<string>();
  readonly #keys = new Map<string, Set<string>>();
  readonly #buckets = new Map<string, Set<string>>();

  constructor({ header }: Pick<History, 'header'>, calls: readonly HistoryCall[]) {
    for (const { name, buckets } of header.initial.volumes) {
      for (const bucket of buckets) add(this.#buckets, name, ofBucket({ volume: name, bucket }));
    }
    for (const { operation } of calls) {
      const { kind, volume } = operation;
      if (kind === 'create-volume' || kind === 'delete-volume') this.#coming.add(ofVolume(volume));
      if (!('bucket' in operation)) continue;
      if (kind === 'create-bucket' || kind === 'delete-bucket') this.#coming.add(ofBucket(operation));
      add(this.#buckets, volume, ofBucket(operation));
      for (const key of keysIn(operation)) add(this.#keys, bucketName(operation), ofKey(operation, key));
    }
  }

  of(operation: HistoryOperation): readonly string[] {
    const volume = ofVolume(operation.volume);
    const around = this.#coming.has(volume) ? [volume] : [];
    switch (operation.kind) {
      case 'create-volume':
      case 'set-owner':
      case 'read-volume':
        return [volume];
      case 'delete-volume':
      case 'list-buckets':
        return [volume, ...(this.#buckets.get(operation.volume) ?? [])];
      case 'create-bucket':
      case 'read-bucket':
        return [ofBucket(operation), ...around];
      case 'delete-bucket':
      case 'list-keys':
      case 'list-keys-light':
        return [ofBucket(operation), ...(this.#keys.get(bucketName(operation)) ?? []), ...around];
      case 'open-key':
      case 'commit-key':
      case 'read-key':
      case 'look-up-key':
      case 'delete-key':
      case 'rename-key':
      case 'delete-keys': {
        const bucket = ofBucket(operation);
        const keys = keysIn(operation).map((key) => ofKey(operation, key));
        return [...keys, ...(this.#coming.has(bucket) ? [bucket] : []), ...around];
      }
    }
  }
}

type InBucket = Extract<HistoryOperation, { readonly bucket: string }>;
type BucketOf = Pick<InBucket, 'volume' | 'bucket'>;

function ofVolume(volume: string): string {
  return JSON.stringify([volume]);
}

function ofBucket(place: BucketOf): string {
  return bucketName(place);
}

function ofKey({ volume, bucket }: BucketOf, key: string): string {
  return JSON.stringify([volume, bucket, key]);
}

function add(sets: Map<string, Set<string>>, name: string, value: string): void {
  const set = sets.get(name);
  if (set === undefined) sets.set(name, new Set([value]));
  else set.add(value);
}
