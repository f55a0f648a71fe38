/**
 * Everything a node keeps on disk: the log of all groups, one state per group, and a folder for what other nodes send.
 * Opening it is the one way in, because the log's lock guards the states and recovery compares both.
 *
 * ```
 * <directory>/log.db  log.mark  state/<group>.db  state/<group>-<index>.{snapshot,incoming}  receiving/
 * ```
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ReferenceFailure } from '../errors.js';
import { makeDirectoryDurably } from './durable-files.js';
import { LOG_NAME, MARK_NAME } from './log-database.js';
import { recover } from './recovery.js';
import { StateFiles } from './snapshot-files.js';
import { explained, loadSqlite, type Sqlite } from './sqlite.js';
import { SqliteLogStore } from './sqlite-log-store.js';
import { SqliteStateStore, type StateStep } from './sqlite-state-store.js';
import { StateJobs } from './state-jobs.js';
import { drawsFrom } from './wal-image.js';

export interface DataDirectoryOptions {
  /** Made if it is absent. */
  readonly directory: string;
  readonly cluster: string;
  readonly node: string;
  /** Bound on bytes handed to the log and not synced. Default 64 MiB. */
  readonly maxQueuedLogBytes?: number;
  /** Size at which a write-ahead log is brought into its database. Default 4 MiB. */
  readonly checkpointBytes?: number;
  /** Size of a state's write-ahead log at which the loop itself finishes a checkpoint. Default 64 MiB. */
  readonly maxStateWalBytes?: number;
  /** State files up to this size are checked as a whole at start. Default 64 MiB. */
  readonly checkUpToBytes?: number;
  /** Called between the steps of snapshots and installations; tests stop the process there. */
  readonly onStep?: (step: StateStep) => void;
}

const MIB = 1024 * 1024;

export class DataDirectory {
  readonly log: SqliteLogStore;
  /** Where files that other nodes send are written until `SqliteStateStore.accept` takes them; emptied at start. */
  readonly receivingDirectory: string;
  readonly #sqlite: Sqlite;
  readonly #options: DataDirectoryOptions;
  readonly #jobs = new StateJobs();
  readonly #states: Map<string, SqliteStateStore>;

  private constructor(
    sqlite: Sqlite,
    log: SqliteLogStore,
    states: Map<string, SqliteStateStore>,
    options: DataDirectoryOptions,
  ) {
    this.#sqlite = sqlite;
    this.log = log;
    this.#states = states;
    this.#options = options;
    this.receivingDirectory = receivingFolder(options.directory);
  }

  /**
   * Opens or creates the directory and keeps it locked until `close`. Rejects with `DATA_DIR_IN_USE`, `DATA_DIR_FOREIGN`,
   * `DATA_DIR_NEWER_FORMAT`, `DATA_DIR_UNUSABLE`, `LOG_DAMAGED`, `LOG_MISSING`, `DISK_FULL` or `SQLITE_MISSING`.
   */
  static async open(options: DataDirectoryOptions): Promise<DataDirectory> {
    const { directory, cluster, node, maxQueuedLogBytes, checkpointBytes } = options;
    const sqlite = await loadSqlite();
    explained({ file: directory, damaged: 'LOG_DAMAGED' }, () => {
      makeDirectoryDurably(stateFolder(directory));
      if (!existsSync(join(directory, LOG_NAME))) refuseWithoutLog(directory);
    });
    const states = new Map<string, SqliteStateStore>();
    const log = await SqliteLogStore.open({
      syncedIndex: (group) => states.get(group)?.syncedIndex ?? 0,
      directory,
      cluster,
      node,
      ...(maxQueuedLogBytes !== undefined && { maxQueuedBytes: maxQueuedLogBytes }),
      ...(checkpointBytes !== undefined && { checkpointBytes }),
    });
    // Only now is the directory known to be ours alone.
    rmSync(receivingFolder(directory), { recursive: true, force: true });
    makeDirectoryDurably(receivingFolder(directory));
    return new DataDirectory(sqlite, log, states, options);
  }

  /**
   * Recovers and opens the state of a group; once per group. Throws `STATE_DAMAGED`, `STATE_BEHIND_LOG`, `LOG_BEHIND_STATE`,
   * `SNAPSHOT_DAMAGED`, `DATA_DIR_FOREIGN`, `DATA_DIR_NEWER_FORMAT` or `DISK_FULL`.
   */
  openState(group: string): SqliteStateStore {
    if (this.#states.has(group)) throw new Error(`the state of group ${group} is open already`);
    const { directory, cluster, onStep } = this.#options;
    const { checkpointBytes = 4 * MIB, maxStateWalBytes = 64 * MIB, checkUpToBytes = 64 * MIB } = this.#options;
    const files = new StateFiles(stateFolder(directory), group);
    const identity = { cluster, group };
    const walBytes = checkpointBytes;
    const head = this.log.headsAtOpen.get(group);
    recover(this.#sqlite, files, head, { identity, checkUpToBytes, walBytes }, onStep);
    const state = new SqliteStateStore(this.#sqlite, {
      files,
      identity,
      jobs: this.#jobs,
      checkpointBytes,
      maxWalBytes: maxStateWalBytes,
      // Recovery has just checked it.
      checkUpToBytes: 0,
      ...(onStep && { onStep }),
    });
    this.#states.set(group, state);
    return state;
  }

  /** The disk stands still: the log stores and answers nothing more. */
  holdDisk(): void {
    this.log.hold();
  }

  /** Leaves on disk what a loss of power may leave, chosen by the seed, and closes everything (HA-19). */
  async losePower(seed: number): Promise<void> {
    await this.#jobs.idle();
    await this.log.losePower(seed);
    const draw = drawsFrom(seed);
    for (const state of this.#states.values()) state.losePower(draw);
    await this.#jobs.close();
  }

  /** Writes what was handed to the log, then closes everything and gives the directory free. */
  async close(): Promise<void> {
    await this.#jobs.close();
    for (const state of this.#states.values()) state.close();
    await this.log.close();
  }
}

function stateFolder(directory: string): string {
  return join(directory, 'state');
}

function receivingFolder(directory: string): string {
  return join(directory, 'receiving');
}

/** A new log beside old state would have forgotten votes and entries (design §4.19). */
function refuseWithoutLog(directory: string): void {
  const left = readdirSync(stateFolder(directory)).find((name) => /\.(db|snapshot|incoming)$/.test(name));
  const evidence = left ?? (existsSync(join(directory, MARK_NAME)) ? MARK_NAME : undefined);
  if (evidence === undefined) return;
  throw new ReferenceFailure('LOG_MISSING', `${directory} holds ${evidence}, but no ${LOG_NAME}`);
}
