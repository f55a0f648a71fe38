/**
 * A directory that was removed with its content: out of reach at once, purged later (NS-FSO-5, LE-STEP-2). Its record says only
 * what purging needs, and names as its parent the bucket whose counters its content still stands in.
 */
import type { StateView } from '../../storage/state-store.js';
import type { Operation } from '../command.js';
import { decodeKey, type KeyInfo, putKey } from '../key-info.js';
import { DELETED_DIRECTORIES, DIRECTORIES, FILES, idKey, OPEN_FILES } from '../tables.js';
import { objectIdOf } from './walk.js';

/** Files and directories can be listed; sessions are not content, and go with the directory all the same. */
const CONTENT = [DIRECTORIES, FILES] as const;

export function isEmpty(view: StateView, directoryId: bigint): boolean {
  return CONTENT.every((table) => !hasRows(view, table, directoryId));
}

/** Whether something stands below the id of a directory. */
export function needsPurge(view: StateView, directoryId: bigint): boolean {
  return !isEmpty(view, directoryId) || hasRows(view, OPEN_FILES, directoryId);
}

export function rememberRemoved(directory: KeyInfo, bucketId: bigint): Operation {
  const { volumeName, bucketName, dataSize, type, creationTime, modificationTime, objectID } = directory;
  const names = { volumeName, bucketName, keyName: '' };
  const rest = { dataSize, type, creationTime, modificationTime, objectID, parentID: bucketId, isFile: false };
  return putKey(DELETED_DIRECTORIES, idKey(objectIdOf(directory)), { ...names, ...rest });
}

/** Removed directories whose content is still there, by id. */
export function* removedDirectories(view: StateView, limit: number): Generator<KeyInfo> {
  for (const [, value] of view.scan(DELETED_DIRECTORIES, { limit })) yield decodeKey(value);
}

function hasRows(view: StateView, table: string, parentId: bigint): boolean {
  for (const _row of view.scan(table, { prefix: idKey(parentId), limit: 1 })) return true;
  return false;
}
