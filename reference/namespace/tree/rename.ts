/**
 * RenameKey in a tree: gives a file or a directory another name or place. One row goes, one comes; a directory takes what is in it
 * along, because that stands under its id (NS-FSO-4). The order of the checks is upstream's.
 */
import type { StateView } from '../../storage/state-store.js';
import { refusal, Status } from '../answers.js';
import { type Bucket, isRefusal } from '../bucket-of.js';
import type { Answer, Lock, Operation, PlanContext } from '../command.js';
import { getKey, putKey } from '../key-info.js';
import type { Names } from '../key-space.js';
import { childKey, DIRECTORIES, FILES } from '../tables.js';
import { keyComponents, resolvedComponents } from './path-names.js';
import { type Node, objectIdOf, type Walk, walk, walkLocks } from './walk.js';

interface Spot {
  readonly parentId: bigint;
  readonly name: string;
}

/** What moves is locked alone with all that is below it; where it goes, only the name that it gets (docs/decisions/0012). */
export function renameLocks(view: StateView, bucket: Bucket, { from, to }: Names): readonly Lock[] {
  const source = resolvedComponents(from);
  const target = resolvedComponents(to);
  const leaf = source.at(-1);
  if (leaf === undefined) return [];
  const way = target.length === 0 ? undefined : walk(view, bucket, target);
  const into = directoryAt(bucket, way);
  return [
    ...walkLocks(walk(view, bucket, source), 'exclusive'),
    ...(way === undefined ? [] : walkLocks(way, 'shared')),
    ...(into === undefined ? [] : [{ kind: 'slot', parentObjectId: into, name: leaf } as const]),
  ];
}

export function renamed(
  view: StateView,
  bucket: Bucket,
  { from, to }: Names,
  context: PlanContext,
): readonly Operation[] | Answer {
  const source = keyComponents(from);
  if (isRefusal(source)) return source;
  const target = resolvedComponents(to).length === 0 ? [] : keyComponents(to);
  if (isRefusal(target)) return target;
  const way = walk(view, bucket, source);
  const { found } = way;
  if (found === undefined || way.beyond.length > 0) return refusal(Status.KEY_NOT_FOUND, `Key ${from} is not found`);
  if (found.directory && isBelow(target, source)) {
    return refusal(Status.KEY_RENAME_ERROR, `Directory ${from} cannot move into itself`);
  }
  const spot = destination(view, bucket, way, target);
  if (spot === undefined) return [];
  return isRefusal(spot) ? spot : moved(way, found, spot, context);
}

/** Where the source goes; undefined when it is in the root and shall go there. */
function destination(
  view: StateView,
  bucket: Bucket,
  source: Walk,
  target: readonly string[],
): Spot | Answer | undefined {
  const way = target.length === 0 ? undefined : walk(view, bucket, target);
  if (way === undefined && source.parentId === bucket.objectId) return undefined;
  if (way !== undefined && way.beyond.length > 0) {
    return refusal(Status.KEY_RENAME_ERROR, `The directory of ${target.join('/')} is not there`);
  }
  // Upstream stops the cluster over a file that is renamed to itself.
  if (way?.parentId === source.parentId && way.name === source.name) return taken(target);
  const into = directoryAt(bucket, way);
  if (into === undefined) return way === undefined || way.found !== undefined ? taken(target) : way;
  // As a shell moves: into a directory that is there, under the name it had.
  const row = childKey(into, source.name);
  const present = getKey(view, DIRECTORIES, row) ?? getKey(view, FILES, row);
  return present === undefined ? { parentId: into, name: source.name } : taken([...target, source.name]);
}

/** Id of the directory that a target names; the root for no target at all. */
function directoryAt(bucket: Bucket, way: Walk | undefined): bigint | undefined {
  if (way === undefined) return bucket.objectId;
  return way.beyond.length === 0 && way.found?.directory === true ? objectIdOf(way.found.info) : undefined;
}

function moved(from: Spot, { directory, info }: Node, to: Spot, { managedIndex }: PlanContext): readonly Operation[] {
  const table = directory ? DIRECTORIES : FILES;
  const record = { ...info, keyName: to.name, parentID: to.parentId, updateID: managedIndex };
  return [
    { kind: 'delete', table, key: childKey(from.parentId, from.name) },
    putKey(table, childKey(to.parentId, to.name), record),
  ];
}

/** By name, so that it is refused before anything of the target is looked at. Ids agree: a directory has one path. */
function isBelow(path: readonly string[], directory: readonly string[]): boolean {
  return path.length > directory.length && directory.every((component, at) => component === path[at]);
}

function taken(target: readonly string[]): Answer {
  return refusal(Status.KEY_ALREADY_EXISTS, `${target.join('/')} is there already`);
}
