/**
 * The tables of the namespace and the form of their keys. Keys are UTF-8 and order bytewise. What the rows hold is decided in
 * records.ts; how they are stored, by the state store, which knows the same names.
 */
import type { TableName } from '../storage/state-store.js';

/** `/<volume>` → VolumeInfo. */
export const VOLUMES = 'volume' satisfies TableName;
/** `/<volume>/<bucket>` → BucketInfo. */
export const BUCKETS = 'bucket' satisfies TableName;
/** `/<owner>/<volume>` → nothing; the volumes of an owner. */
export const USER_VOLUMES = 'userVolume' satisfies TableName;
/**
 * Key of a volume → how many buckets it has; id of a bucket ‖ kind (1 byte) → what its keys use. 8 bytes big-endian, changed by
 * merges only, so that they need no lock (LE-QUOTA-1).
 */
export const USAGE = 'usage' satisfies TableName;
/** Id of the bucket ‖ name → KeyInfo: the committed keys of a flat bucket. */
export const KEYS = 'key' satisfies TableName;
/** Id of the bucket ‖ name ‖ client id → KeyInfo: the sessions between CreateKey and CommitKey of a flat bucket. */
export const OPEN_KEYS = 'openKey' satisfies TableName;
/** Id of the parent ‖ name → KeyInfo: the directories of tree buckets. The root of a tree is its bucket and has no row. */
export const DIRECTORIES = 'directory' satisfies TableName;
/** Id of the parent ‖ name → KeyInfo: the committed keys of tree buckets. */
export const FILES = 'file' satisfies TableName;
/** Id of the parent ‖ name ‖ client id → KeyInfo: the sessions of tree buckets. */
export const OPEN_FILES = 'openFile' satisfies TableName;
/** Id of a removed directory whose content is still there → KeyInfo, see tree/removed-directory.ts (LE-STEP-2). */
export const DELETED_DIRECTORIES = 'deletedDirectory' satisfies TableName;

const utf8 = new TextEncoder();
const text = new TextDecoder();

export function volumeKey(volume: string): Uint8Array {
  return utf8.encode(`/${volume}`);
}

export function bucketKey(volume: string, bucket: string): Uint8Array {
  return utf8.encode(`/${volume}/${bucket}`);
}

/** Prefix of the keys of a volume's buckets: with the closing slash, so that volume `a` does not own the buckets of `ab`. */
export function bucketsOf(volume: string): Uint8Array {
  return utf8.encode(`/${volume}/`);
}

export function userVolumeKey(owner: string, volume: string): Uint8Array {
  return utf8.encode(`/${owner}/${volume}`);
}

/** The volume's name in a key of `USER_VOLUMES` for `owner`; undefined when the row is another owner's whose name goes on with a slash. */
export function volumeOfUserKey(key: Uint8Array, owner: string): string | undefined {
  const name = text.decode(key.subarray(userVolumeKey(owner, '').length));
  return name.includes('/') ? undefined : name;
}

/** The row of `name` under an object: a bucket, or a directory of a tree bucket. By id, so that a re-created bucket shows no old key (NS-BKT-8). */
export function childKey(parentId: bigint, name: string): Uint8Array {
  const row = Buffer.allocUnsafe(ID_BYTES + Buffer.byteLength(name));
  row.writeBigUInt64BE(parentId);
  row.write(name, ID_BYTES);
  return row;
}

/** The row of one open session of the key `name`. */
export function sessionKey(parentId: bigint, name: string, clientId: bigint): Uint8Array {
  return Buffer.concat([childKey(parentId, name), idKey(clientId)]);
}

/** Rows by object id alone; prefix of an object's children. */
export function idKey(objectId: bigint): Uint8Array {
  const row = Buffer.allocUnsafe(ID_BYTES);
  row.writeBigUInt64BE(objectId);
  return row;
}

const ID_BYTES = 8;
