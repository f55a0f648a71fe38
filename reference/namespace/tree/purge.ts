/**
 * What to purge next of the directories that were removed with their content (LE-STEP-2): a bounded step of one bucket, found from
 * the state alone, so that any leader goes on where another stopped. Children go with their parent's step or, when they are
 * directories with content, become removed directories themselves; what they used is given back as they go (NS-QTA-1).
 */
import type { StateView } from '../../storage/state-store.js';
import { chargedBytes } from '../blocks.js';
import type { Operation } from '../command.js';
import { decodeKey, type KeyInfo } from '../key-info.js';
import { getBucket } from '../records.js';
import { DELETED_DIRECTORIES, DIRECTORIES, FILES, idKey, OPEN_FILES } from '../tables.js';
import { freeUsage } from '../usage.js';
import { needsPurge, rememberRemoved, removedDirectories } from './removed-directory.js';
import { objectIdOf } from './walk.js';

export interface PurgeBounds {
  /** Rows that one step writes, at most; and that it looks at to find some. */
  readonly maxRows: number;
  /** Keys and values of those rows, beyond which no other is taken. */
  readonly maxBytes: number;
}

/** The bucket whose turn it is; undefined when nothing is left to purge. */
export function nextPurged(view: StateView): bigint | undefined {
  for (const directory of removedDirectories(view, 1)) return bucketIdOf(directory);
  return undefined;
}

export function purgeStep(view: StateView, bounds: PurgeBounds): readonly Operation[] {
  const bucketId = nextPurged(view);
  if (bucketId === undefined) return [];
  const step = new Step(view, bucketId, bounds);
  let charged = false;
  for (const directory of removedDirectories(view, bounds.maxRows)) {
    if (bucketIdOf(directory) !== bucketId) continue;
    charged ||= holdsUsage(view, directory, bucketId);
    if (!step.take(directory)) break;
  }
  return charged ? [...step.operations, ...freeUsage(bucketId, step.freed)] : step.operations;
}

class Step {
  readonly operations: Operation[] = [];
  readonly freed = { bytes: 0n, entries: 0n };
  readonly #view: StateView;
  readonly #bucketId: bigint;
  readonly #maxRows: number;
  #bytesLeft: number;

  constructor(view: StateView, bucketId: bigint, { maxRows, maxBytes }: PurgeBounds) {
    this.#view = view;
    this.#bucketId = bucketId;
    this.#maxRows = maxRows;
    this.#bytesLeft = maxBytes;
  }

  /** False when the bounds ended the step before the directory's end; its row then stays. */
  take(directory: KeyInfo): boolean {
    const id = idKey(objectIdOf(directory));
    for (const table of [FILES, OPEN_FILES, DIRECTORIES] as const) {
      for (const [key, value] of this.#view.scan(table, { prefix: id })) {
        if (this.#full()) return false;
        this.#add({ kind: 'delete', table, key });
        if (table === FILES) this.#free(chargedBytes(decodeKey(value)));
        if (table === DIRECTORIES) this.#removeDirectory(decodeKey(value));
      }
    }
    if (this.#full()) return false;
    this.#add({ kind: 'delete', table: DELETED_DIRECTORIES, key: id });
    return true;
  }

  #removeDirectory(directory: KeyInfo): void {
    this.#free(0n);
    if (needsPurge(this.#view, objectIdOf(directory))) this.#add(rememberRemoved(directory, this.#bucketId));
  }

  #free(bytes: bigint): void {
    this.freed.bytes += bytes;
    this.freed.entries += 1n;
  }

  #add(operation: Operation): void {
    this.operations.push(operation);
    if (operation.kind === 'put' || operation.kind === 'delete') this.#bytesLeft -= operation.key.length;
    if (operation.kind === 'put') this.#bytesLeft -= operation.value.length;
  }

  #full(): boolean {
    // A directory takes two rows.
    return this.operations.length + 2 > this.#maxRows || this.#bytesLeft <= 0;
  }
}

function bucketIdOf({ parentID }: KeyInfo): bigint {
  return parentID ?? 0n;
}

/** The counters of a bucket that was deleted are gone with it. */
function holdsUsage(view: StateView, { volumeName, bucketName }: KeyInfo, bucketId: bigint): boolean {
  return getBucket(view, volumeName, bucketName)?.objectID === bucketId;
}
