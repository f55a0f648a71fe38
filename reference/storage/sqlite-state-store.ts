/**
 * The state store of one group on a real node. Decides when its file is copied, brought up to date on disk and replaced by a
 * received one; the long part of each is done by the thread for state files, rows are served by the connection.
 */
import { readdirSync, statSync } from 'node:fs';
import { ReferenceFailure } from '../errors.js';
import { removeFiles } from './durable-files.js';
import type { ScanRange } from './key-range.js';
import { replaceByLossImage, walUpToNow } from './power-loss.js';
import { type ReplaceStep, replaceLive } from './recovery.js';
import { StateFiles } from './snapshot-files.js';
import { explained, type Sqlite } from './sqlite.js';
import { StateConnection } from './state-connection.js';
import { openState, type StateIdentity } from './state-database.js';
import type { StateJobs } from './state-jobs.js';
import type { AppliedPosition, StateSnapshot, StateStore, StateTransaction } from './state-store.js';
import type { Draw, SyncedPart } from './wal-image.js';

/** Points between which a crash must leave a directory that recovers; a test stops the process there (design §4.17). */
export type StateStep = 'copied' | 'published' | 'checkpointed' | 'verified' | 'accepted' | 'closed' | ReplaceStep;

export interface StateStoreOptions {
  readonly files: StateFiles;
  readonly identity: StateIdentity;
  readonly jobs: StateJobs;
  /** Size of the write-ahead log at which the thread brings it in. */
  readonly checkpointBytes: number;
  /** Size at which the loop finishes a checkpoint itself, because it writes faster than the thread gets a quiet moment. */
  readonly maxWalBytes: number;
  readonly checkUpToBytes: number;
  readonly onStep?: (step: StateStep) => void;
}

/** Transactions between two looks at the size of the write-ahead log. */
const LOOK_EVERY = 16;

export class SqliteStateStore implements StateStore {
  readonly #sqlite: Sqlite;
  readonly #options: StateStoreOptions;
  /** Undefined once closed. */
  #connection: StateConnection | undefined;
  #syncedIndex = 0;
  /** Of the write-ahead log, as far as the last checkpoint has synced it at least. */
  #syncedWal: SyncedPart | undefined;
  #untilLook = LOOK_EVERY;
  #checkpointing = false;
  #replacing = false;
  #finishedByLoop = 0;
  #failure: unknown;
  /** Snapshots and replacements, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Opens or creates the state; what crashes have left must have been recovered before. Throws as `openState` does. */
  constructor(sqlite: Sqlite, options: StateStoreOptions) {
    this.#sqlite = sqlite;
    this.#options = options;
    this.#connection = this.#connect();
  }

  get position(): AppliedPosition {
    return this.#open().position;
  }

  /** Applied index that is known to outlive a power loss: the log may be cut up to it. */
  get syncedIndex(): number {
    return this.#syncedIndex;
  }

  /** How often the loop itself had to finish a checkpoint, for the metrics. */
  get checkpointsByLoop(): number {
    return this.#finishedByLoop;
  }

  get(table: string, key: Uint8Array): Uint8Array | undefined {
    return this.#open().get(table, key);
  }

  scan(table: string, range: ScanRange): Iterable<readonly [Uint8Array, Uint8Array]> {
    return this.#open().scan(table, range);
  }

  /** Throws `DISK_FULL`, `DISK_FAILED` or `STATE_DAMAGED` besides what `work` throws; the state is then as it was before. */
  transact(work: (transaction: StateTransaction) => AppliedPosition): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#replacing) throw this.#unusable('being replaced');
    this.#open().transact(work);
    this.#untilLook -= 1;
    if (this.#untilLook > 0) return;
    this.#untilLook = LOOK_EVERY;
    if (this.#walBytes() > this.#options.checkpointBytes) this.#checkpointInBackground();
  }

  snapshot(): Promise<StateSnapshot> {
    return this.#inTurn(async () => {
      const { files, identity, jobs, onStep } = this.#options;
      const { partial, live } = files;
      const { position, bytes } = await jobs.run({ kind: 'copy', file: live, into: partial, identity });
      onStep?.('copied');
      const path = files.copy('snapshot', position.index);
      await jobs.run({ kind: 'publish', from: partial, to: path });
      onStep?.('published');
      await this.#checkpoint(position.index);
      onStep?.('checkpointed');
      for (const index of files.indexesOf('snapshot', readdirSync(files.directory))) {
        if (index !== position.index) removeFiles(files.copy('snapshot', index));
      }
      return { path, position, bytes };
    });
  }

  /**
   * The newest snapshot that stands in the directory, or undefined: after a restart, and after an installation, which leaves
   * none. Reads the whole file on the other thread. Rejects with `SNAPSHOT_DAMAGED`.
   */
  async newestSnapshot(): Promise<StateSnapshot | undefined> {
    const { files, identity, jobs } = this.#options;
    const [index] = files.indexesOf('snapshot', readdirSync(files.directory));
    if (index === undefined) return undefined;
    const path = files.copy('snapshot', index);
    const { position, bytes } = await jobs.run({ kind: 'verify', file: path, identity });
    return { path, position, bytes };
  }

  /**
   * Takes a received file: reads it as a whole, syncs it and gives it the name under which recovery looks for it. Only then
   * may consensus be told of the snapshot. Rejects with `SNAPSHOT_DAMAGED` or `DATA_DIR_FOREIGN`; the file is then removed.
   */
  async accept(received: string, index: number): Promise<StateSnapshot> {
    const { files, identity, jobs, onStep } = this.#options;
    try {
      const { position, bytes } = await jobs.run({ kind: 'verify', file: received, identity });
      if (position.index !== index) {
        const found = `${received} holds the state at index ${position.index}, announced was ${index}`;
        throw new ReferenceFailure('SNAPSHOT_DAMAGED', found);
      }
      onStep?.('verified');
      const path = files.copy('incoming', index);
      await jobs.run({ kind: 'publish', from: received, to: path });
      onStep?.('accepted');
      return { path, position, bytes };
    } catch (error) {
      removeFiles(received);
      throw error;
    }
  }

  /** Removes an accepted file that consensus has not asked to install. */
  discard(index: number): void {
    removeFiles(this.#options.files.copy('incoming', index));
  }

  /**
   * Replaces the state by the accepted file of `index`. The log must hold the snapshot's point before: from then on recovery
   * finishes what a crash interrupts. Nothing may be applied until it resolves; reads see the old state, then the new one.
   */
  install(index: number): Promise<void> {
    return this.#inTurn(async () => {
      const { files, onStep } = this.#options;
      this.#replacing = true;
      try {
        // Leaves the closing of the old file nothing to write.
        await this.#checkpoint(0);
        this.#open().close();
        onStep?.('closed');
        explained({ file: files.live, damaged: 'STATE_DAMAGED' }, () =>
          replaceLive(files, files.copy('incoming', index), onStep),
        );
        this.#connection = this.#connect();
        this.#syncedIndex = this.#connection.position.index;
      } finally {
        this.#replacing = false;
      }
      for (const older of files.indexesOf('incoming', readdirSync(files.directory))) {
        if (older < index) this.discard(older);
      }
    });
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** Closes the state and leaves what a disk may have after a loss of power. The thread for state files is idle. */
  losePower(draw: Draw): void {
    replaceByLossImage(this.#options.files.live, this.#syncedWal, draw, () => this.close());
  }

  #connect(): StateConnection {
    const { files, identity, checkUpToBytes, checkpointBytes } = this.#options;
    return new StateConnection(
      openState(this.#sqlite, files.live, { identity, checkUpToBytes, walBytes: checkpointBytes }),
      files.live,
    );
  }

  #open(): StateConnection {
    if (this.#connection === undefined) throw this.#unusable('closed');
    return this.#connection;
  }

  #unusable(why: string): ReferenceFailure {
    return new ReferenceFailure('STORE_CLOSED', `the state of group ${this.#options.files.group} is ${why}`);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Resolves once a power loss leaves at least `index`. */
  async #checkpoint(index: number): Promise<void> {
    do {
      const { syncedIndex } = await this.#options.jobs.run({ kind: 'checkpoint', file: this.#options.files.live });
      this.#syncedIndex = Math.max(this.#syncedIndex, syncedIndex);
      this.#syncedWal = walUpToNow(this.#options.files.live);
    } while (this.#syncedIndex < index);
  }

  #checkpointInBackground(): void {
    if (this.#checkpointing) return;
    this.#checkpointing = true;
    this.#checkpoint(0)
      .then(() => {
        if (this.#connection === undefined || this.#walBytes() <= this.#options.maxWalBytes) return;
        this.#connection.checkpoint();
        this.#syncedWal = walUpToNow(this.#options.files.live);
        this.#finishedByLoop += 1;
      })
      .catch((error: unknown) => {
        // The next transaction is told: a disk that is full for the checkpoint is full for it too.
        if (this.#connection !== undefined) this.#failure = error;
      })
      .finally(() => {
        this.#checkpointing = false;
      });
  }

  /** What stands in the write-ahead log since it was last started anew: SQLite then cuts it to `checkpointBytes`. */
  #walBytes(): number {
    const [wal] = StateFiles.companions(this.#options.files.live);
    return statSync(wal, { throwIfNoEntry: false })?.size ?? 0;
  }
}
