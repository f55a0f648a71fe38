/**
 * The way from a bucket's root along the components of a path: which directories it leads through and what stands at its end.
 * A name stands for a directory or a file, never both. What that means is for the caller to decide.
 */
import type { StateView } from '../../storage/state-store.js';
import type { Bucket } from '../bucket-of.js';
import type { Lock } from '../command.js';
import { getKey, type KeyInfo } from '../key-info.js';
import { childKey, DIRECTORIES, FILES } from '../tables.js';
import { container } from '../volume-locks.js';

export interface Node {
  readonly directory: boolean;
  readonly info: KeyInfo;
}

export interface Walk {
  /** The directories that were entered, from the root's child on. */
  readonly entered: readonly KeyInfo[];
  /** The last directory that was entered, or the bucket. */
  readonly parentId: bigint;
  /** Name at which the walk ended: the last component, or the first that is no directory. */
  readonly name: string;
  /** Components behind `name`: none at the path's end, else `found` is a file or missing. */
  readonly beyond: readonly string[];
  /** What stands there. */
  readonly found: Node | undefined;
}

/** `components` is not empty. */
export function walk(view: StateView, bucket: Bucket, components: readonly string[]): Walk {
  const entered: KeyInfo[] = [];
  let parentId = bucket.objectId;
  for (const [at, name] of components.entries()) {
    const directory = getKey(view, DIRECTORIES, childKey(parentId, name));
    const beyond = components.slice(at + 1);
    if (directory === undefined || beyond.length === 0) {
      const found = directory === undefined ? fileAt(view, parentId, name) : { directory: true, info: directory };
      return { entered, parentId, name, beyond, found };
    }
    entered.push(directory);
    parentId = objectIdOf(directory);
  }
  throw new Error('a walk needs a component');
}

/**
 * Locks to depend on what a walk found, and to change it: every directory on the way stays where it is, and the name at its end
 * keeps what it stands for. A directory there is locked as `inside` says: alone by whoever moves or removes it, so that nobody
 * works below it meanwhile (LE-CONC-4, LE-CONC-6, LE-CONC-7; docs/decisions/0012).
 */
export function walkLocks({ entered, parentId, name, found }: Walk, inside: 'shared' | 'exclusive'): readonly Lock[] {
  return [
    ...entered.map((directory) => container(objectIdOf(directory), 'shared')),
    { kind: 'slot', parentObjectId: parentId, name },
    ...(found?.directory === true ? [container(objectIdOf(found.info), inside)] : []),
  ];
}

/** Every record of this code has an id. */
export function objectIdOf({ objectID }: KeyInfo): bigint {
  return objectID ?? 0n;
}

function fileAt(view: StateView, parentId: bigint, name: string): Node | undefined {
  const info = getKey(view, FILES, childKey(parentId, name));
  return info && { directory: false, info };
}
