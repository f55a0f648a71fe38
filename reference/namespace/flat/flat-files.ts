/**
 * Files and directories that are made in a flat bucket. A directory is a key with a slash behind its name; nothing needs it there to
 * be below it. The parents of a name are its beginnings before each slash.
 */
import type { StateView } from '../../storage/state-store.js';
import { newDirectoryAcls } from '../acls.js';
import { refusal, Status } from '../answers.js';
import { type Bucket, isRefusal } from '../bucket-of.js';
import type { Answer, Operation } from '../command.js';
import { directoryRecord, existingDirectory, type FileSpace, type Making, tooDeep } from '../file-space.js';
import { getKey, type KeyInfo, putKey } from '../key-info.js';
import type { Place } from '../key-space.js';
import { newObjectId } from '../object-ids.js';
import { replicationOf } from '../replication.js';
import { childKey, KEYS, OPEN_KEYS } from '../tables.js';
import { directoryName, flatList, flatStatus } from './flat-status.js';

/** What is there at the end of a path, or else at the lowest of its parents that is there. */
interface Way {
  /** The path and its parents without a slash at the end, from the lowest up to what was found. */
  readonly names: readonly string[];
  /** Whether what was found is the path's end. */
  readonly whole: boolean;
  readonly found: { readonly directory: boolean; readonly info: KeyInfo } | undefined;
}

export const flatFiles: FileSpace = {
  /** All that the walk looked at: what is there stays, what is missing stays missing. */
  locks(view, bucket, name) {
    const { names } = walkUp(view, bucket, name);
    const keys = new Set([name, directoryName(name), ...names.flatMap((path) => [path, directoryName(path)])]);
    return [...keys].map((key) => ({ kind: 'slot', parentObjectId: bucket.objectId, name: key }));
  },

  newDirectories(view, making) {
    const { keyName } = making.args;
    const way = walkUp(view, making.bucket, keyName);
    if (way.found?.directory === false) {
      return refusal(Status.FILE_ALREADY_EXISTS, `Directory ${keyName} would need the place of a key`);
    }
    if (way.whole) return existingDirectory(keyName);
    const missing = missingParents(way);
    const operations = tooDeep(missing.length, keyName) ?? directories(way, [...missing, keyName], making);
    return isRefusal(operations) ? operations : { operations, count: missing.length + 1 };
  },

  newFile(view, making) {
    const { keyName: name } = making.args;
    const { objectId } = making.bucket;
    const way = walkUp(view, making.bucket, name);
    if (way.found?.directory === way.whole) {
      return refusal(Status.NOT_A_FILE, way.whole ? `${name} is a directory` : `${name} leads through a key`);
    }
    const missing = missingParents(way);
    const parents = tooDeep(missing.length, name) ?? directories(way, missing, making);
    if (isRefusal(parents)) return parents;
    const present = way.whole ? way.found?.info : undefined;
    const place: Place = { keys: KEYS, sessions: OPEN_KEYS, parentId: objectId, name, path: name, present };
    return { ...place, parents, newParents: missing.length, inheritedAcls: passedOnAcls(way, making.bucket) };
  },

  status: flatStatus,
  list: flatList,
};

function walkUp(view: StateView, { objectId }: Bucket, name: string): Way {
  const names: string[] = [];
  for (let path: string | undefined = withoutSlash(name); path !== undefined; path = parentOf(path)) {
    names.push(path);
    const whole = names.length === 1;
    const file = getKey(view, KEYS, childKey(objectId, path));
    if (file !== undefined) return { names, whole, found: { directory: false, info: file } };
    const directory = getKey(view, KEYS, childKey(objectId, directoryName(path)));
    if (directory !== undefined) return { names, whole, found: { directory: true, info: directory } };
  }
  return { names, whole: false, found: undefined };
}

function withoutSlash(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] === '/') end -= 1;
  return name.slice(0, end);
}

/** Undefined at the top, and where only slashes are left. */
function parentOf(path: string): string | undefined {
  const parent = withoutSlash(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return parent === '' ? undefined : parent;
}

/** From the top down. */
function missingParents({ names, whole, found }: Way): readonly string[] {
  return whole ? [] : names.slice(1, found === undefined ? undefined : -1).reverse();
}

function directories(way: Way, names: readonly string[], making: Making): readonly Operation[] | Answer {
  const { args, bucket, context } = making;
  const replication = replicationOf(args, bucket.info);
  if (isRefusal(replication)) return replication;
  const acls = newDirectoryAcls(context.user, args.acls ?? [], passedOnAcls(way, bucket));
  return names.map((name, n) => {
    const keyName = directoryName(name);
    const stands = { keyName, acls, objectID: newObjectId(context, n), parentID: 0n, ...replication };
    return putKey(KEYS, childKey(bucket.objectId, keyName), directoryRecord(making, stands));
  });
}

function passedOnAcls({ found, whole }: Way, bucket: Bucket) {
  return (whole ? undefined : found?.info.acls) ?? bucket.info.acls ?? [];
}
