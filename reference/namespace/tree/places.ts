/** Where a path of a tree bucket leads, as the key commands see it: the place of a file, there or to be made, or of a directory. */
import type { StateView } from '../../storage/state-store.js';
import { refusal, Status } from '../answers.js';
import { type Bucket, isRefusal } from '../bucket-of.js';
import type { Answer } from '../command.js';
import { type Making, tooDeep } from '../file-space.js';
import type { KeyInfo } from '../key-info.js';
import type { NewPlace, Place } from '../key-space.js';
import { defaultReplicationOf } from '../replication.js';
import { DIRECTORIES, FILES, OPEN_FILES } from '../tables.js';
import { makeDirectories, passedOnAcls } from './directories.js';
import { keyComponents } from './path-names.js';
import { type Walk, walk } from './walk.js';

/** What a path leads to; a directory is shown with a slash behind its name. */
export function placeAt(view: StateView, bucket: Bucket, name: string): Place | Answer {
  const components = keyComponents(name);
  if (isRefusal(components)) return components;
  const way = walk(view, bucket, components);
  if (way.beyond.length > 0) return { ...filePlace(way, components), present: undefined };
  if (way.found?.directory !== true) return filePlace(way, components);
  return {
    keys: DIRECTORIES,
    sessions: OPEN_FILES,
    parentId: way.parentId,
    name: way.name,
    path: `${components.join('/')}/`,
    present: shownDirectory(way.found.info, bucket),
  };
}

/** A directory has no bytes to replicate; it is shown with what its bucket would give a file now. */
export function shownDirectory(info: KeyInfo, bucket: Bucket): KeyInfo {
  const { factor: _factor, ecReplicationConfig: _ec, ...rest } = info;
  return { ...rest, ...defaultReplicationOf(bucket.info) };
}

/** The place of the file at the end of a whole walk that found no directory there. */
export function filePlace({ parentId, name, found }: Walk, components: readonly string[]): Place {
  return {
    keys: FILES,
    sessions: OPEN_FILES,
    parentId,
    name,
    path: components.join('/'),
    present: found?.info,
  };
}

/** The place of a file for which a session is opened: its missing directories come into being with the session (LE-STEP-1). */
export function newFilePlace(way: Walk, components: readonly string[], making: Making): NewPlace | Answer {
  const { found, beyond, name } = way;
  const path = components.join('/');
  if (found?.directory === true) return refusal(Status.NOT_A_FILE, `${path} is a directory`);
  const inheritedAcls = passedOnAcls(way, making.bucket);
  const leaf = beyond.at(-1);
  if (leaf === undefined) {
    return { ...filePlace(way, components), parents: [], newParents: 0, inheritedAcls };
  }
  if (found !== undefined) return refusal(Status.NOT_A_FILE, `${path} leads through the file ${name}`);
  const fault = tooDeep(beyond.length, path);
  if (fault !== undefined) return fault;
  const parents = makeDirectories(way, [name, ...beyond.slice(0, -1)], making);
  return {
    ...filePlace({ ...way, parentId: parents.parentId, name: leaf }, components),
    parents: parents.operations,
    newParents: beyond.length,
    inheritedAcls,
  };
}
