/** Directories that a path of a tree lacks, made one below the other in one plan (LE-STEP-1). */
import { newDirectoryAcls } from '../acls.js';
import type { Bucket } from '../bucket-of.js';
import type { Operation } from '../command.js';
import { directoryRecord, type Making } from '../file-space.js';
import { putKey } from '../key-info.js';
import { newObjectId } from '../object-ids.js';
import { defaultReplicationOf } from '../replication.js';
import { childKey, DIRECTORIES } from '../tables.js';
import type { Walk } from './walk.js';

export interface MadeDirectories {
  readonly operations: readonly Operation[];
  /** The lowest of them, or where the walk ended when none was missing. */
  readonly parentId: bigint;
}

/** `names` from the walk's end on. They take the plan's first ids and all get the rights of what the walk found last. */
export function makeDirectories(from: Walk, names: readonly string[], making: Making): MadeDirectories {
  const { args, bucket, context } = making;
  const acls = newDirectoryAcls(context.user, args.acls ?? [], passedOnAcls(from, bucket));
  const replication = defaultReplicationOf(bucket.info);
  let { parentId } = from;
  const operations = names.map((keyName, n): Operation => {
    const objectID = newObjectId(context, n);
    const info = directoryRecord(making, { keyName, acls, objectID, parentID: parentId, ...replication });
    const row = childKey(parentId, keyName);
    parentId = objectID;
    return putKey(DIRECTORIES, row, info);
  });
  return { operations, parentId };
}

/** The entries whose scope DEFAULT a new child takes over: those of the last directory that is there, or of the bucket. */
export function passedOnAcls({ entered }: Walk, bucket: Bucket) {
  return (entered.at(-1) ?? bucket.info).acls ?? [];
}
