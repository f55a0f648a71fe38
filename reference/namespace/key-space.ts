/**
 * How the names of one bucket become rows: what the key commands ask of a flat and of a tree bucket alike. The commands keep what
 * is the same for both (sessions, generations, quotas, answers); a space knows where a key stands and what stands around it.
 */
import type { StateView, TableName } from '../storage/state-store.js';
import type { Bucket } from './bucket-of.js';
import type { Answer, Lock, Operation, PlanContext } from './command.js';
import type { KeyInfo } from './key-info.js';
import { childKey, sessionKey } from './tables.js';

/** Where the key of one name stands, or would stand. */
export interface Place {
  readonly keys: TableName;
  readonly sessions: TableName;
  /** Object under which the rows stand: the bucket, or a directory of a tree bucket. */
  readonly parentId: bigint;
  /** The name under that object, as records hold it. */
  readonly name: string;
  /** The whole name, as answers show it. */
  readonly path: string;
  /** The committed key. */
  readonly present: KeyInfo | undefined;
}

/** A place for a new key, and what has to be made before it. */
export interface NewPlace extends Place {
  /** Makes the missing parents, without counting them. */
  readonly parents: readonly Operation[];
  /** How many that are: each is one entry of the bucket's namespace and takes one object id from the plan's first on. */
  readonly newParents: number;
}

export interface ListRange {
  readonly prefix: string;
  /** Exclusive; empty = from the beginning. */
  readonly after: string;
}

export interface KeySpace {
  /** What to lock, besides the bucket, to depend on, make, change or remove the key of this name. */
  locks(view: StateView, bucket: Bucket, name: string): readonly Lock[];
  /** The place of a key for a command that does not make it. */
  place(view: StateView, bucket: Bucket, name: string): Place | Answer;
  /** The place of a key for CreateKey. */
  newPlace(view: StateView, bucket: Bucket, name: string, context: PlanContext): NewPlace | Answer;
  /** What to remove together with the bucket; undefined while it has a key or directory (NS-BKT-5). Open sessions are neither. */
  emptied(view: StateView, bucket: Bucket): readonly Operation[] | undefined;
  /** Keys with whole names, in byte order of UTF-8 (NS-KEY-8), read as they are taken. */
  list(view: StateView, bucket: Bucket, range: ListRange): Iterable<KeyInfo>;
}

export function keyRow(place: Place): Uint8Array {
  return childKey(place.parentId, place.name);
}

export function sessionRow(place: Place, clientId: bigint): Uint8Array {
  return sessionKey(place.parentId, place.name, clientId);
}
