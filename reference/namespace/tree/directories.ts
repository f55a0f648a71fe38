/** The records of directories: what a new one holds, and how many of them a path that is not there yet takes. */
import { newDirectoryAcls } from '../acls.js';
import { refusal, Status } from '../answers.js';
import type { Bucket } from '../bucket-of.js';
import type { Answer, Operation, PlanContext } from '../command.js';
import { type KeyArgs, type KeyInfo, putKey } from '../key-info.js';
import { MAX_FURTHER_OBJECTS, newObjectId } from '../object-ids.js';
import { defaultReplicationOf } from '../replication.js';
import { childKey, DIRECTORIES } from '../tables.js';
import type { Walk } from './walk.js';

/** Directories that a path lacks, made one below the other. */
export interface NewDirectories {
  readonly operations: readonly Operation[];
  /** The lowest of them, or where the walk ended when none was missing. */
  readonly parentId: bigint;
}

/** `names` from the walk's end on. They take the plan's first ids and all get the rights of what the walk found last. */
export function newDirectories(
  from: Walk,
  names: readonly string[],
  { args, bucket, context }: { readonly args: KeyArgs; readonly bucket: Bucket; readonly context: PlanContext },
): NewDirectories {
  const acls = newDirectoryAcls(context.user, args.acls ?? [], passedOnAcls(from, bucket));
  let { parentId } = from;
  const operations = names.map((name, n): Operation => {
    const info: KeyInfo = {
      volumeName: bucket.info.volumeName,
      bucketName: bucket.info.bucketName,
      keyName: name,
      dataSize: 0n,
      ...defaultReplicationOf(bucket.info),
      keyLocationList: [{ version: 0n, isMultipartKey: false }],
      creationTime: context.nowMs,
      modificationTime: context.nowMs,
      latestVersion: 0n,
      acls,
      objectID: newObjectId(context, n),
      updateID: context.managedIndex,
      parentID: parentId,
      isFile: false,
      ownerName: args.ownerName ?? '',
    };
    const row = childKey(parentId, name);
    parentId = newObjectId(context, n);
    return putKey(DIRECTORIES, row, info);
  });
  return { operations, parentId };
}

/** Parents and what comes below them share the ids of one plan. */
export function tooDeep(missingParents: number, name: string): Answer | undefined {
  if (missingParents <= MAX_FURTHER_OBJECTS) return undefined;
  return refusal(
    Status.INVALID_KEY_NAME,
    `Key name ${name} lacks ${missingParents} directories, one request makes ${MAX_FURTHER_OBJECTS} at most`,
  );
}

/** The entries whose scope DEFAULT a new child takes over: those of the last directory that is there, or of the bucket. */
export function passedOnAcls({ entered }: Walk, bucket: Bucket) {
  return (entered.at(-1) ?? bucket.info).acls ?? [];
}
