/**
 * What clients of a mixed workload ask for: volumes, buckets, keys, renames, batches and pages, on so few names that they meet all the
 * time. It draws and sends nothing; how often what is drawn stands here.
 */
import type { Draws } from '../scenario/draws.js';
import type { BucketPlace, HistoryOperation, KeyPlace, PageAsked } from './call.js';

/** How often each part of the namespace is drawn, against the others. */
export interface Mix {
  /** Keys, one at a time. */
  readonly keys: number;
  /** Keys of a bucket that is listed, renamed and deleted in. */
  readonly listings: number;
  /** Buckets that come and go, and their keys. */
  readonly buckets: number;
  /** Volumes that come and go. */
  readonly volumes: number;
}

export const EVERYTHING: Mix = { keys: 9, listings: 7, buckets: 3, volumes: 2 };

/** Names on the wire. The volumes and buckets of places are there; `volumes` are not. */
export interface Space {
  readonly keys: BucketPlace;
  readonly listings: BucketPlace;
  /** A volume in which only these buckets come and go. */
  readonly buckets: readonly BucketPlace[];
  readonly volumes: readonly string[];
  readonly owners: readonly string[];
}

const KEYS = Array.from({ length: 12 }, (_, at) => `key-${at}`);
const LISTED = ['a', 'ab', 'b', 'b/1', 'c'];
const HELD = ['x', 'y'];
/** The empty one is not said. */
const PREFIXES = ['', '', 'a', 'b'];

/** A key is written by a session and its commit: its writer draws the content. */
export type Drawn = HistoryOperation | { readonly kind: 'write-key'; readonly place: KeyPlace };

export class MixedWorkload {
  constructor(
    private readonly space: Space,
    private readonly mix: Mix,
  ) {}

  next(draws: Draws): Drawn {
    const { keys, listings, buckets, volumes } = this.mix;
    return weighted(draws, [
      [keys, () => this.#ofKeys(draws)],
      [listings, () => this.#ofListings(draws)],
      [buckets, () => this.#ofBuckets(draws)],
      [volumes, () => this.#ofVolumes(draws)],
    ]);
  }

  /** Reads that together show all that there is. */
  all(): readonly HistoryOperation[] {
    const { space } = this;
    const count = 1_000;
    return [
      ...KEYS.map((key): HistoryOperation => ({ kind: 'read-key', ...space.keys, key })),
      ...LISTED.map((key): HistoryOperation => ({ kind: 'read-key', ...space.listings, key })),
      { kind: 'list-keys', ...space.listings, count },
      ...space.buckets.flatMap((place): HistoryOperation[] => [
        { kind: 'read-bucket', ...place },
        { kind: 'list-keys', ...place, count },
      ]),
      ...space.buckets.slice(0, 1).map(({ volume }): HistoryOperation => ({ kind: 'list-buckets', volume, count })),
      ...space.volumes.map((volume): HistoryOperation => ({ kind: 'read-volume', volume })),
    ];
  }

  #ofKeys(draws: Draws): Drawn {
    const place = { ...this.space.keys, key: draws.oneOf(KEYS) };
    return weighted<Drawn>(draws, [
      [4, () => ({ kind: 'write-key', place })],
      [3, () => ({ kind: 'read-key', ...place })],
      [1, () => ({ kind: 'look-up-key', ...place })],
      [2, () => ({ kind: 'delete-key', ...place })],
    ]);
  }

  #ofListings(draws: Draws): Drawn {
    const bucket = this.space.listings;
    const place = { ...bucket, key: draws.oneOf(LISTED) };
    return weighted<Drawn>(draws, [
      [5, () => ({ kind: 'write-key', place })],
      [2, () => ({ kind: 'read-key', ...place })],
      [3, () => ({ kind: 'list-keys', ...bucket, ...pageOf(draws, LISTED) })],
      [1, () => ({ kind: 'list-keys-light', ...bucket, ...pageOf(draws, LISTED) })],
      [3, () => ({ kind: 'rename-key', ...place, to: draws.oneOf(LISTED.filter((key) => key !== place.key)) })],
      [1, () => ({ kind: 'delete-key', ...place })],
      [2, () => ({ kind: 'delete-keys', ...bucket, keys: some(draws, LISTED) })],
    ]);
  }

  #ofBuckets(draws: Draws): Drawn {
    const bucket = draws.oneOf(this.space.buckets);
    const place = { ...bucket, key: draws.oneOf(HELD) };
    const names = this.space.buckets.map((one) => one.bucket);
    return weighted<Drawn>(draws, [
      [4, () => ({ kind: 'create-bucket', ...bucket })],
      [4, () => ({ kind: 'delete-bucket', ...bucket })],
      [1, () => ({ kind: 'read-bucket', ...bucket })],
      [2, () => ({ kind: 'list-buckets', volume: bucket.volume, ...pageOf(draws, names, ['']) })],
      [2, () => ({ kind: 'write-key', place })],
      [3, () => ({ kind: 'delete-key', ...place })],
      [1, () => ({ kind: 'list-keys', ...bucket, count: 2 })],
    ]);
  }

  #ofVolumes(draws: Draws): Drawn {
    const volume = draws.oneOf(this.space.volumes);
    const owner = draws.oneOf(this.space.owners);
    return weighted<Drawn>(draws, [
      [3, () => ({ kind: 'create-volume', volume, owner })],
      [2, () => ({ kind: 'set-owner', volume, owner })],
      [3, () => ({ kind: 'read-volume', volume })],
      [2, () => ({ kind: 'delete-volume', volume })],
    ]);
  }
}

/** Never from a name below the prefix: what an OM makes of that is another rule's business (NS-KEY-8). */
function pageOf(draws: Draws, names: readonly string[], prefixes = PREFIXES): PageAsked {
  const prefix = draws.oneOf(prefixes);
  const after = draws.oneOf(['', ...names.filter((name) => name.startsWith(prefix))]);
  const count = draws.between(1, 3);
  return { ...(prefix === '' ? {} : { prefix }), ...(after === '' ? {} : { after }), count };
}

/** Two or three of them, each once. */
function some(draws: Draws, names: readonly string[]): readonly string[] {
  const left = [...names];
  return Array.from({ length: draws.between(2, 3) }, () => left.splice(draws.below(left.length), 1).join(''));
}

function weighted<T>(draws: Draws, choices: readonly (readonly [weight: number, choose: () => T])[]): T {
  let at = draws.below(choices.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, choose] of choices) {
    if (at < weight) return choose();
    at -= weight;
  }
  throw new RangeError('nothing to choose from');
}
