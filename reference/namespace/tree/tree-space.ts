/**
 * The space of a tree bucket (FILE_SYSTEM_OPTIMIZED): a name is a path, its parents are directories with rows of their own, and
 * everything stands under the id of what it is in, so that moving a directory touches its own row only (NS-FSO-4).
 */
import type { StateView } from '../../storage/state-store.js';
import { refusal, Status } from '../answers.js';
import { chargedBytes } from '../blocks.js';
import { type Bucket, isRefusal } from '../bucket-of.js';
import type { Lock } from '../command.js';
import type { KeySpace } from '../key-space.js';
import { removedSessions } from '../removed-sessions.js';
import { childKey, DIRECTORIES, FILES, OPEN_FILES } from '../tables.js';
import { listNames } from './list-names.js';
import { keyComponents, resolvedComponents } from './path-names.js';
import { filePlace, newFilePlace, placeAt } from './places.js';
import { isEmpty, needsPurge, rememberRemoved } from './removed-directory.js';
import { renamed, renameLocks } from './rename.js';
import { objectIdOf, walk, walkLocks } from './walk.js';

function pathLocks(view: StateView, bucket: Bucket, name: string, inside: 'shared' | 'exclusive'): readonly Lock[] {
  const components = resolvedComponents(name);
  return components.length === 0 ? [] : walkLocks(walk(view, bucket, components), inside);
}

export const treeSpace: KeySpace = {
  locks: (view, bucket, name) => pathLocks(view, bucket, name, 'shared'),
  removalLocks: (view, bucket, name) => pathLocks(view, bucket, name, 'exclusive'),
  renameLocks,

  place: placeAt,

  sessionPlace(view, bucket, name) {
    const components = keyComponents(name);
    if (isRefusal(components)) return components;
    const way = walk(view, bucket, components);
    if (way.beyond.length > 0) {
      return refusal(Status.DIRECTORY_NOT_FOUND, `The directory of key ${name} is not there`);
    }
    if (way.found?.directory === true) return refusal(Status.NOT_A_FILE, `${name} is a directory`);
    return filePlace(way, components);
  },

  newPlace(view, bucket, args, context) {
    const components = keyComponents(args.keyName);
    if (isRefusal(components)) return components;
    return newFilePlace(walk(view, bucket, components), components, { args, bucket, context });
  },

  remove(view, bucket, name, recursive) {
    const components = keyComponents(name);
    if (isRefusal(components)) return components;
    const { found, parentId, name: child, beyond } = walk(view, bucket, components);
    if (found === undefined || beyond.length > 0) return refusal(Status.KEY_NOT_FOUND, `Key ${name} is not found`);
    const row = childKey(parentId, child);
    const id = objectIdOf(found.info);
    if (!found.directory) {
      const operations = [{ kind: 'delete', table: FILES, key: row } as const];
      return { objectId: id, operations, freed: { bytes: chargedBytes(found.info), entries: 1n } };
    }
    if (!recursive && !isEmpty(view, id)) {
      return refusal(Status.DIRECTORY_NOT_EMPTY, `Directory ${name} is not empty`);
    }
    return {
      objectId: id,
      operations: [
        { kind: 'delete', table: DIRECTORIES, key: row },
        ...(needsPurge(view, id) ? [rememberRemoved(found.info, bucket.objectId)] : []),
      ],
      freed: { bytes: 0n, entries: 1n },
    };
  },

  rename: renamed,

  /** What was removed and is not purged yet holds no bucket back; its purge finds it gone. */
  emptied(view, { objectId }) {
    if (!isEmpty(view, objectId)) return undefined;
    return removedSessions(view, OPEN_FILES, objectId);
  },

  list: listNames,
};
