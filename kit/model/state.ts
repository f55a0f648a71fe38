/**
 * What the model remembers of a namespace. Everything is immutable; a change makes a new state that shares what it did not touch.
 * Ids are tokens: the model says which are the same and which of two is newer, `sightings.ts` what numbers an OM gave them.
 */
import type { BucketPlace, Layout, Pairs, Replication } from './command.js';

/** Stands for an id that the OM chose. A newer one is higher. */
export type Token = number;

export interface Stamped {
  readonly object: Token;
  /** Changes with each change of the object. */
  readonly generation: Token;
  readonly created: Token;
}

export interface Key extends Stamped {
  readonly kind: 'key';
  /** Undefined where no rule says who owns it. */
  readonly owner: string | undefined;
  readonly metadata: Pairs;
  readonly tags: Pairs;
  readonly dataSize: number;
  readonly replication: Replication;
  /** Made by CreateDirectory in a bucket without directories: a key whose other fields no rule gives. */
  readonly marker?: true;
  /** Was made under a name that ends with a slash: to some it is a directory's, also when it is renamed. */
  readonly slashed?: true;
}

export interface Directory extends Stamped {
  readonly kind: 'directory';
  readonly owner: string | undefined;
  readonly children: Children;
}

export type Entry = Key | Directory;
export type Children = ReadonlyMap<string, Entry>;

/** A key that was opened and not committed. */
export interface Session {
  /** Directory that it was opened in, the bucket's own id in its root; in a flat bucket always the bucket's. */
  readonly parent: Token;
  readonly name: string;
  /** What the key was when it was opened, or will be when it is committed first. */
  readonly object: Token;
  readonly created: Token;
  readonly owner: string | undefined;
  /** There was a key with this object when it was opened. */
  readonly replaces: boolean;
  readonly slashed?: true;
  readonly metadata: Pairs;
  readonly tags: Pairs;
  readonly replication: Replication;
  /** The key's generation has to be this at the commit; `absent`: there has to be none. */
  readonly expects: Token | 'absent' | undefined;
}

export interface Bucket extends Stamped {
  readonly layout: Layout;
  readonly versioned: boolean;
  readonly ssd: boolean;
  readonly owner: string | undefined;
  readonly metadata: Pairs;
  readonly quotaInBytes: bigint;
  readonly quotaInNamespace: bigint;
  readonly source: BucketPlace | undefined;
  /** Keys of a flat bucket, or what is in the root of a tree. */
  readonly root: Children;
  readonly sessions: ReadonlyMap<Token, Session>;
  /** Below directories that were deleted with what was in them: gone from view, perhaps not yet from usage (NS-QTA-1). */
  readonly purging: { readonly entries: number; readonly bytes: number };
  /** Entries that are not shown any more and may still take room, where an implementation is known to keep it (`deviations`). */
  readonly held: number;
}

export interface Volume extends Stamped {
  readonly owner: string;
  readonly quotaInBytes: bigint;
  readonly quotaInNamespace: bigint;
  readonly buckets: ReadonlyMap<string, Bucket>;
}

/** A session as the client knows it, open or not any more. */
export interface Opened extends BucketPlace {
  readonly session: Token;
  readonly key: string;
  /** The bucket's own id, which a later one of the name does not have. */
  readonly within: Token;
}

export interface State {
  readonly volumes: ReadonlyMap<string, Volume>;
  /** In the order in which they were opened. */
  readonly opened: readonly Opened[];
  /** Generation that a read last showed of a name, by `place`. */
  readonly seen: ReadonlyMap<string, Token>;
  readonly nextToken: Token;
}

export const EMPTY: State = { volumes: new Map(), opened: [], seen: new Map(), nextToken: 1 };

/** `count` tokens that were never given before, all newer than those. */
export function fresh(state: State, count: number): { readonly tokens: readonly Token[]; readonly state: State } {
  const tokens = Array.from({ length: count }, (_, more) => state.nextToken + more);
  return { tokens, state: { ...state, nextToken: state.nextToken + count } };
}

export function stamped(state: State): { readonly stamp: Stamped; readonly state: State } {
  const at = state.nextToken;
  return { stamp: { object: at, generation: at + 1, created: at + 2 }, state: { ...state, nextToken: at + 3 } };
}

/** The same object, changed. */
export function changed<T extends Stamped>(state: State, object: T, change: Partial<T>): [T, State] {
  return [
    { ...object, ...change, generation: state.nextToken },
    { ...state, nextToken: state.nextToken + 1 },
  ];
}

/** A map with one entry put, or taken out when it is undefined. */
export function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): ReadonlyMap<K, V> {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

export function withVolume(state: State, name: string, volume: Volume | undefined): State {
  return { ...state, volumes: put(state.volumes, name, volume) };
}

export function withBucket(state: State, { volume, bucket }: BucketPlace, value: Bucket | undefined): State {
  const of = state.volumes.get(volume);
  if (of === undefined) return state;
  return withVolume(state, volume, { ...of, buckets: put(of.buckets, bucket, value) });
}
