/** Files and directories of a tree bucket (NS-FSO-1, NS-FSO-2, NS-FSO-6). A path is taken as it is: `.` and `..` are names. */
import type { StateView } from '../../storage/state-store.js';
import { refusal, Status } from '../answers.js';
import type { Bucket } from '../bucket-of.js';
import type { Answer } from '../command.js';
import { existingDirectory, type FileSpace, type FileStatus, type StatusRange, tooDeep } from '../file-space.js';
import { makeDirectories } from './directories.js';
import { byName, type NameRange } from './levels.js';
import { componentsOf, namesDirectory } from './path-names.js';
import { newFilePlace, shownDirectory } from './places.js';
import { type Node, objectIdOf, type Walk, walk, walkLocks } from './walk.js';

export const treeFiles: FileSpace = {
  locks(view, bucket, name) {
    const way = wayTo(view, bucket, name);
    return way === undefined ? [] : walkLocks(way, 'shared');
  },

  newDirectories(view, making) {
    const { keyName } = making.args;
    const way = wayTo(view, making.bucket, keyName);
    if (way === undefined) return refusal(Status.CANNOT_CREATE_DIRECTORY_AT_ROOT, 'The root is there in any case');
    if (way.found?.directory === true) return existingDirectory(keyName);
    if (way.found !== undefined) {
      return refusal(Status.FILE_ALREADY_EXISTS, `Directory ${keyName} would need the place of file ${way.name}`);
    }
    const fault = tooDeep(way.beyond.length, keyName);
    if (fault !== undefined) return fault;
    const names = [way.name, ...way.beyond];
    return { operations: makeDirectories(way, names, making).operations, count: names.length };
  },

  newFile(view, making) {
    const components = componentsOf(making.args.keyName);
    if (components.length === 0) return refusal(Status.NOT_A_FILE, 'The root is no file');
    return newFilePlace(walk(view, making.bucket, components), components, making);
  },

  status(view, bucket, name) {
    if (name === '') return ROOT;
    return statusAt(bucket, wayTo(view, bucket, name), name) ?? notFound(name);
  },

  list(view, bucket, range) {
    if (range.recursive) {
      return refusal(Status.INVALID_REQUEST, 'The listing of a FILE_SYSTEM_OPTIMIZED bucket cannot be recursive');
    }
    const name = range.name === '' ? parentOf(range.startKey) : range.name;
    const way = wayTo(view, bucket, name);
    const status = name === '' ? ROOT : statusAt(bucket, way, name);
    if (status === undefined && !range.partial) return notFound(name);
    if (status?.directory === true) {
      const id = way?.found === undefined ? bucket.objectId : objectIdOf(way.found.info);
      return level(view, bucket, { id, path: name, prefix: '' }, range);
    }
    if (status !== undefined && !range.partial) return [status];
    // What begins so stands beside it; nothing does where a directory on the path is missing.
    if (way === undefined || way.beyond.length > 0) return [];
    return level(view, bucket, { id: way.parentId, path: parentOf(name), prefix: way.name }, range);
  },
};

const ROOT: FileStatus = { directory: true, info: undefined };

function notFound(name: string): Answer {
  return refusal(Status.FILE_NOT_FOUND, `${name} is not found`);
}

/** Undefined where slashes alone are the name. */
function wayTo(view: StateView, bucket: Bucket, name: string): Walk | undefined {
  const components = componentsOf(name);
  return components.length === 0 ? undefined : walk(view, bucket, components);
}

function statusAt(bucket: Bucket, way: Walk | undefined, name: string): FileStatus | undefined {
  if (way?.found === undefined || way.beyond.length > 0) return undefined;
  return way.found.directory || !namesDirectory(name) ? statusOf(bucket, way.found, name) : undefined;
}

function statusOf(bucket: Bucket, { directory, info }: Node, keyName: string): FileStatus {
  return { directory, info: { ...(directory ? shownDirectory(info, bucket) : info), keyName } };
}

interface Level {
  readonly id: bigint;
  readonly path: string;
  /** Of the children's names. */
  readonly prefix: string;
}

/** Some children of one directory; none where the listing is to begin in another. */
function* level(
  view: StateView,
  bucket: Bucket,
  { id, path, prefix }: Level,
  { startKey }: StatusRange,
): Generator<FileStatus> {
  let names: NameRange = { prefix };
  if (startKey !== '') {
    const from = componentsOf(startKey).at(-1);
    if (from === undefined || parentOf(startKey) !== plain(path)) return;
    names = { prefix, from };
  }
  const before = path === '' || namesDirectory(path) ? path : `${path}/`;
  for (const child of byName(view, id, names)) yield statusOf(bucket, child, before + child.name);
}

/** A slash at the beginning stays: upstream takes a path with one for another than that without. */
function parentOf(name: string): string {
  return (name.startsWith('/') ? '/' : '') + componentsOf(name).slice(0, -1).join('/');
}

/** With single slashes, and none at the end but for the root's. */
function plain(path: string): string {
  return (path.startsWith('/') ? '/' : '') + componentsOf(path).join('/');
}
