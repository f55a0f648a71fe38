/**
 * ListKeys in a tree: all files and directories below the root with their whole names, directories with a slash at the end, in
 * byte order of UTF-8 as in a flat bucket (NS-KEY-8, NS-KEY-11). Only what is listed is read, wherever the list begins.
 */
import type { StateView } from '../../storage/state-store.js';
import type { Bucket } from '../bucket-of.js';
import { getKey, type ListedKey, shownKey } from '../key-info.js';
import type { ListRange } from '../key-space.js';
import { childKey, DIRECTORIES, FILES } from '../tables.js';
import { bySlashedName, type Child, children, compareNames, slashedName } from './levels.js';
import { shownDirectory } from './places.js';
import { objectIdOf } from './walk.js';

/** A directory whose children are being listed: all whole names in it begin with `path`. */
interface Level {
  readonly path: string;
  readonly children: Iterator<Child>;
}

export function* listNames(view: StateView, bucket: Bucket, range: ListRange): Generator<ListedKey> {
  const level = (id: bigint, path: string): Level => ({ path, children: levelChildren(view, id, path, range) });
  const levels = [level(bucket.objectId, '')];
  for (let current = levels.at(-1); current !== undefined; current = levels.at(-1)) {
    const next = current.children.next();
    if (next.done === true) {
      levels.pop();
      continue;
    }
    const child = next.value;
    const keyName = current.path + slashedName(child);
    if (keyName.startsWith(range.prefix) && compareNames(keyName, range.after) > 0) {
      yield shownKey({ ...(child.directory ? shownDirectory(child.info, bucket) : child.info), keyName });
    }
    if (child.directory) levels.push(level(objectIdOf(child.info), keyName));
  }
}

/** The children that are in the range, and the directories that lead to something that is. */
function levelChildren(view: StateView, id: bigint, path: string, { prefix, after }: ListRange): Iterator<Child> {
  const wanted = prefix.startsWith(path) ? prefix.slice(path.length) : '';
  const slash = wanted.indexOf('/');
  if (slash >= 0) return one(directory(view, id, wanted.slice(0, slash)));
  const begin = startIn(path, after);
  if (begin === 'behind') return one(undefined);
  const files = children(view, FILES, id, { prefix: wanted, after: begin });
  return bySlashedName(files, directoriesFrom(view, id, wanted, begin));
}

/** What of `after` is left for the names under `path`: empty when all of them come after it. */
function startIn(path: string, after: string): string | 'behind' {
  if (after.startsWith(path)) return after.slice(path.length);
  return compareNames(after, path) < 0 ? '' : 'behind';
}

/** Directories with something above `begin` in them, in name order. Their names may be below it: those that it goes on from. */
function* directoriesFrom(view: StateView, id: bigint, prefix: string, begin: string): Generator<Child> {
  for (let length = 1; length <= begin.length; length += 1) {
    const name = begin.slice(0, length);
    if (name.endsWith('/')) break;
    const goesOn = begin.charCodeAt(length);
    if (goesOn > SLASH || !name.startsWith(prefix)) continue;
    const found = directory(view, id, name);
    if (found !== undefined) yield found;
  }
  yield* children(view, DIRECTORIES, id, { prefix, after: begin });
}

const SLASH = '/'.charCodeAt(0);

function directory(view: StateView, parentId: bigint, name: string): Child | undefined {
  const info = getKey(view, DIRECTORIES, childKey(parentId, name));
  return info && { name, directory: true, info };
}

function* one(child: Child | undefined): Generator<Child> {
  if (child !== undefined) yield child;
}
