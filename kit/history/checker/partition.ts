/**
 * Cuts a history into parts that can be judged one by one: calls that no chain of common names joins. A call on a key is about that key
 * alone, until something in the history looks at more at once: a listing or the deletion of its bucket is about all keys in it, a rename
 * or a batch about each that it names, and where buckets or volumes come and go, whatever happens in them is about them too.
 */
import type { History, HistoryCall, HistoryOperation } from '../call.js';
import { keysIn } from '../models/registers.js';

/** @returns parts in the order of their first calls, each in the order of the history */
export function partition(history: History, calls: readonly HistoryCall[]): readonly (readonly HistoryCall[])[] {
  const places = new Places(history, calls);
  const joined = new Joined(places.count);
  const first = calls.map(({ operation }) => {
    const about = places.of(operation);
    const [one = 0] = about;
    for (const other of about) joined.join(one, other);
    return one;
  });
  const parts = new Map<number, HistoryCall[]>();
  for (const [at, call] of calls.entries()) {
    const root = joined.rootOf(first[at] ?? 0);
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [call]);
    else part.push(call);
  }
  return [...parts.values()];
}

/** Which of many things are joined by a chain of pairs. */
class Joined {
  readonly #above: Int32Array;

  constructor(count: number) {
    this.#above = Int32Array.from({ length: count }, (_, at) => at);
  }

  rootOf(one: number): number {
    let at = one;
    for (;;) {
      const above = this.#above[at] ?? at;
      if (above === at) return at;
      // Each look makes the way shorter.
      this.#above[at] = this.#above[above] ?? above;
      at = above;
    }
  }

  join(one: number, other: number): void {
    this.#above[this.rootOf(other)] = this.rootOf(one);
  }
}

interface Bucket {
  readonly number: number;
  readonly keys: Map<string, number>;
  /** It is made or deleted in the history. */
  comes: boolean;
}

interface Volume {
  readonly number: number;
  readonly buckets: Map<string, Bucket>;
  comes: boolean;
}

/** The places of a history by number, and which of them each call is about. */
class Places {
  readonly #volumes = new Map<string, Volume>();
  #count = 0;

  constructor({ header }: Pick<History, 'header'>, calls: readonly HistoryCall[]) {
    for (const { name, buckets } of header.initial.volumes) {
      for (const bucket of buckets) this.#bucket({ volume: name, bucket });
    }
    for (const { operation } of calls) {
      const { kind } = operation;
      const volume = this.#volume(operation.volume);
      if (kind === 'create-volume' || kind === 'delete-volume') volume.comes = true;
      if (!('bucket' in operation)) continue;
      const bucket = this.#bucket(operation);
      if (kind === 'create-bucket' || kind === 'delete-bucket') bucket.comes = true;
      for (const key of keysIn(operation)) this.#key(bucket, key);
    }
  }

  get count(): number {
    return this.#count;
  }

  of(operation: HistoryOperation): readonly number[] {
    const volume = this.#volume(operation.volume);
    switch (operation.kind) {
      case 'create-volume':
      case 'set-owner':
      case 'read-volume':
        return [volume.number];
      case 'delete-volume':
      case 'list-buckets':
        return [volume.number, ...[...volume.buckets.values()].map(({ number }) => number)];
      default: {
        const about = this.#inBucket(operation);
        return volume.comes ? [...about, volume.number] : about;
      }
    }
  }

  #inBucket(operation: Extract<HistoryOperation, { readonly bucket: string }>): readonly number[] {
    const bucket = this.#bucket(operation);
    switch (operation.kind) {
      case 'create-bucket':
      case 'read-bucket':
        return [bucket.number];
      case 'delete-bucket':
      case 'list-keys':
      case 'list-keys-light':
        return [bucket.number, ...bucket.keys.values()];
      case 'open-key':
      case 'commit-key':
      case 'read-key':
      case 'look-up-key':
      case 'delete-key':
      case 'rename-key':
      case 'delete-keys': {
        const keys = keysIn(operation).map((key) => this.#key(bucket, key));
        return bucket.comes ? [...keys, bucket.number] : keys;
      }
    }
  }

  #volume(name: string): Volume {
    const known = this.#volumes.get(name);
    if (known !== undefined) return known;
    const made = { number: this.#next(), buckets: new Map(), comes: false };
    this.#volumes.set(name, made);
    return made;
  }

  #bucket({ volume, bucket: name }: { readonly volume: string; readonly bucket: string }): Bucket {
    const { buckets } = this.#volume(volume);
    const known = buckets.get(name);
    if (known !== undefined) return known;
    const made = { number: this.#next(), keys: new Map(), comes: false };
    buckets.set(name, made);
    return made;
  }

  #key({ keys }: Bucket, name: string): number {
    const known = keys.get(name);
    if (known !== undefined) return known;
    const made = this.#next();
    keys.set(name, made);
    return made;
  }

  #next(): number {
    this.#count += 1;
    return this.#count - 1;
  }
}
