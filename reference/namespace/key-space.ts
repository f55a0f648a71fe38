/**
 * How the names of one bucket become rows: what the key commands ask of a flat and of a tree bucket alike. The commands keep what
 * is the same for both (sessions, generations, quotas, answers); a space knows where a key stands and what stands around it.
 */
import type { StateView, TableName } from '../storage/state-store.js';
import type { Acl } from './acls.js';
import type { Bucket } from './bucket-of.js';
import type { Answer, Lock, Operation, PlanContext } from './command.js';
import type { KeyArgs, KeyInfo, ListedKey } from './key-info.js';
import { childKey, sessionKey } from './tables.js';
import type { Usage } from './usage.js';

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
  /** The committed key; in a tree also a directory, whose record has `isFile` false. */
  readonly present: KeyInfo | undefined;
}

/** A place for a new key, and what has to be made before it. */
export interface NewPlace extends Place {
  /** Makes the missing parents, without counting them. */
  readonly parents: readonly Operation[];
  /** How many that are: each is one entry of the bucket's namespace and takes one object id from the plan's first on. */
  readonly newParents: number;
  /** What the key is in passes on its rights of scope DEFAULT. */
  readonly inheritedAcls: readonly Acl[];
}

/** What takes a key, or a directory with everything in it, out of its bucket. */
export interface Removal {
  /** Of what is removed: different names may stand for the same in a tree. */
  readonly objectId: bigint;
  readonly operations: readonly Operation[];
  /** What the bucket uses less at once; a directory's content is counted when it is purged. */
  readonly freed: Usage;
}

export interface Names {
  readonly from: string;
  /** In a tree the new path, or a directory to move into. */
  readonly to: string;
}

export interface ListRange {
  readonly prefix: string;
  /** Exclusive; empty = from the beginning. */
  readonly after: string;
}

export interface KeySpace {
  /** What to lock, besides the bucket, to depend on, make, change or remove the key of this name. */
  locks(view: StateView, bucket: Bucket, name: string): readonly Lock[];
  /** Where what has this name stands, or that nothing does. */
  place(view: StateView, bucket: Bucket, name: string): Place | Answer;
  /** The place of a key that has a session (CommitKey, AllocateBlock). */
  sessionPlace(view: StateView, bucket: Bucket, name: string): Place | Answer;
  /** The place of a key for which a session is opened, with the parents that it lacks. */
  newPlace(view: StateView, bucket: Bucket, args: KeyArgs, context: PlanContext): NewPlace | Answer;
  /** As `locks`, to remove what has this name. */
  removalLocks(view: StateView, bucket: Bucket, name: string): readonly Lock[];
  /** Removes what has this name; a directory that is not empty only `recursive` (NS-KEY-5, NS-FSO-3, NS-FSO-5). */
  remove(view: StateView, bucket: Bucket, name: string, recursive: boolean): Removal | Answer;
  /** As `locks`, to give what is called `from` the name `to`. */
  renameLocks(view: StateView, bucket: Bucket, names: Names): readonly Lock[];
  /** Gives what is called `from` the name `to`, with all that is in it (NS-KEY-7, NS-FSO-4). */
  rename(view: StateView, bucket: Bucket, names: Names, context: PlanContext): readonly Operation[] | Answer;
  /** What to remove together with the bucket; undefined while it has a key or directory (NS-BKT-5). Open sessions are neither. */
  emptied(view: StateView, bucket: Bucket): readonly Operation[] | undefined;
  /** Keys with whole names, in byte order of UTF-8 (NS-KEY-8), read as they are taken. */
  list(view: StateView, bucket: Bucket, range: ListRange): Iterable<ListedKey>;
}

export function keyRow(place: Place): Uint8Array {
  return childKey(place.parentId, place.name);
}

export function sessionRow(place: Place, clientId: bigint): Uint8Array {
  return sessionKey(place.parentId, place.name, clientId);
}
