/**
 * The log of a node as one SQLite database: what opening it checks and what one transaction does. Synchronous; runs in the
 * log's thread. Which calls share a transaction is decided by the worker, who may use the directory by `claim`.
 */
import { accessSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EntryType, LogEntry, SnapshotPoint } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import { entryChecksum } from './checksum.js';
import { syncPath } from './durable-files.js';
import { claim, LOG_FILE, readMeta, writeMeta } from './identity.js';
import { packEntry, type UnpackedWrite } from './log-codec.js';
import { HEAD_SCHEMA, type LogHead, LogHeads } from './log-heads.js';
import { LogMark } from './log-mark.js';
import type { StoredGroup } from './log-store.js';
import { replaceByLossImage, wholeWal } from './power-loss.js';
import { checkStructure, type Database, type ErrorPlace, explained, type Sqlite, type Statement } from './sqlite.js';
import type { Draw } from './wal-image.js';

export const LOG_NAME = 'log.db';
export const MARK_NAME = 'log.mark';

export interface LogDatabaseOptions {
  readonly directory: string;
  readonly cluster: string;
  readonly node: string;
  /** Bytes written after which the write-ahead log is brought into the database. */
  readonly checkpointBytes: number;
}

const ENTRY_SCHEMA = `
  CREATE TABLE entry (
    head INTEGER NOT NULL, idx INTEGER NOT NULL, term INTEGER NOT NULL, type INTEGER NOT NULL,
    checksum INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (head, idx)
  ) WITHOUT ROWID;
`;
const MEMBER_PREFIX = 'member:';
const NOTE_PREFIX = 'note:';
/** `PRAGMA synchronous`: FULL, which syncs the write-ahead log at each commit. */
const SYNCED_AT_COMMIT = 2;
/** Pages besides the entries' own that a transaction writes: the heads, and the inner nodes above. */
const CACHE_KIB = 2 * 1024;
const TRANSACTION_OVERHEAD_BYTES = 2 * 4096;

interface Statements {
  readonly begin: Statement;
  readonly commit: Statement;
  readonly insert: Statement;
  readonly cutTail: Statement;
  readonly cutHead: Statement;
  readonly entries: Statement;
}

export class LogDatabase {
  readonly #place: ErrorPlace;
  readonly #database: Database;
  readonly #mark: LogMark;
  readonly #heads: LogHeads;
  readonly #members = new Map<string, number>();
  readonly #notes = new Map<string, string>();
  readonly #statements: Statements;
  readonly #checkpointBytes: number;
  #sequence: number;
  #bytesSinceCheckpoint = 0;
  #syncTimesMs: number[] = [];

  /**
   * Opens or creates the log and keeps it locked until it is closed. Throws `DATA_DIR_IN_USE`, `DATA_DIR_FOREIGN`,
   * `DATA_DIR_NEWER_FORMAT`, `LOG_DAMAGED`, `DISK_FULL` or `DATA_DIR_UNUSABLE`.
   */
  constructor(sqlite: Sqlite, options: LogDatabaseOptions) {
    const file = join(options.directory, LOG_NAME);
    this.#place = { file, damaged: 'LOG_DAMAGED' };
    this.#checkpointBytes = options.checkpointBytes;
    const existed = existsSync(file);
    const opening: ErrorPlace = { ...this.#place, opening: existed };
    this.#database = explained(opening, () => {
      accessSync(options.directory);
      return new sqlite(file, { timeout: 0 });
    });
    try {
      explained(opening, () => this.#claim(options));
      if (existed) checkStructure(this.#database, opening);
      else syncPath(dirname(file));
      this.#heads = explained(opening, () => new LogHeads(this.#database, this.#place));
      this.#sequence = this.#heads.sequence;
      this.#statements = prepareStatements(this.#database);
      this.#mark = LogMark.open({ file: join(options.directory, MARK_NAME), damaged: 'LOG_DAMAGED' });
    } catch (error) {
      this.#database.close();
      throw error;
    }
    if (this.#sequence < this.#mark.found) {
      const found = `${file} ends at write ${this.#sequence}, but write ${this.#mark.found} was acknowledged`;
      this.close();
      throw new ReferenceFailure('LOG_DAMAGED', found);
    }
  }

  #claim({ cluster, node, checkpointBytes }: LogDatabaseOptions): void {
    const database = this.#database;
    // Set before the first access: the lock is then never given back, and no shared memory file is needed.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('wal_autocheckpoint = 0');
    // It is appended to, and read in order when a node has fallen behind; the rest is the system's file cache.
    database.pragma(`cache_size = -${CACHE_KIB}`);
    // What one large batch has made of the write-ahead log's file is given back when it is started anew.
    database.pragma(`journal_size_limit = ${2 * checkpointBytes}`);
    database
      .transaction(() => {
        const state = claim(database, LOG_FILE, { cluster, node }, this.#place);
        if (state === 'new') database.exec(HEAD_SCHEMA + ENTRY_SCHEMA);
      })
      .exclusive();
    for (const [key, value] of readMeta(database, this.#place)) {
      if (key.startsWith(MEMBER_PREFIX)) this.#members.set(key.slice(MEMBER_PREFIX.length), Number(value));
      if (key.startsWith(NOTE_PREFIX)) this.#notes.set(key.slice(NOTE_PREFIX.length), value);
    }
  }

  get heads(): ReadonlyMap<string, LogHead> {
    return this.#heads.all();
  }

  get members(): ReadonlyMap<string, number> {
    return this.#members;
  }

  get notes(): ReadonlyMap<string, string> {
    return this.#notes;
  }

  /** Runs `work` as one synced transaction. After an error nothing of it stands, and this object must not be written again. */
  transaction(work: () => void): void {
    this.#commit(work);
    explained(this.#place, () => this.#mark.note(this.#heads.sequence));
    this.#bytesSinceCheckpoint += TRANSACTION_OVERHEAD_BYTES;
  }

  /**
   * The power is lost while `work` is being written, which nobody is told of: closes the log and leaves what a disk may have
   * then (HA-19). How much of what was acknowledged is on it, the setting of SQLite says.
   */
  losePower(work: (() => void) | undefined, draw: Draw): void {
    const file = this.#place.file;
    const synced = Number(this.#database.pragma('synchronous', { simple: true })) >= SYNCED_AT_COMMIT;
    const kept = synced ? wholeWal(file) : undefined;
    if (work !== undefined) this.#commit(work);
    this.#mark.losePower(draw);
    replaceByLossImage(file, kept, draw, () => this.close());
  }

  #commit(work: () => void): void {
    explained(this.#place, () => {
      this.#statements.begin.run();
      try {
        this.#sequence += 1;
        work();
        // A duration for the metrics, no decision hangs on it (design §4.16).
        const start = performance.now();
        this.#statements.commit.run();
        this.#syncTimesMs.push(performance.now() - start);
      } catch (error) {
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
        this.#heads.read();
        throw error;
      }
    });
  }

  /** Part of a transaction: what one group appends, see `LogWrite`. */
  append(write: UnpackedWrite): void {
    const head = this.#heads.obtain(write.group);
    const { insert, cutTail } = this.#statements;
    let { cutIndex, lastIndex, snapshot } = head;
    if (write.snapshot !== undefined) {
      snapshot = write.snapshot;
      cutIndex = snapshot.index;
      lastIndex = snapshot.index;
      cutTail.run(head.id, 0);
    }
    const first = write.entries[0];
    if (first !== undefined) {
      if (first.index <= cutIndex || first.index > lastIndex + 1) {
        throw outOfOrder(write.group, `entry ${first.index} does not follow on ${cutIndex} … ${lastIndex}`);
      }
      if (first.index <= lastIndex) cutTail.run(head.id, first.index);
      lastIndex = first.index - 1;
      for (const { index, term, type, data, packed } of write.entries) {
        if (index !== lastIndex + 1) throw outOfOrder(write.group, `entry ${index} after ${lastIndex}`);
        lastIndex = index;
        insert.run(head.id, index, term, type, entryChecksum(head.seed, packed), data);
        this.#bytesSinceCheckpoint += data.length;
      }
    }
    const hardState = write.hardState ?? head.hardState;
    this.#heads.set(write.group, { ...head, hardState, snapshot, cutIndex, lastIndex }, this.#sequence);
  }

  /** Part of a transaction: see `LogStore.cut`. A point or cut that is older than what is recorded changes nothing. */
  cut(group: string, point: SnapshotPoint, cutIndex: number): void {
    const head = this.#heads.get(group);
    if (head === undefined || point.index > head.lastIndex || cutIndex > point.index) {
      const holds = head === undefined ? 'nothing' : `up to ${head.lastIndex}`;
      throw outOfOrder(group, `cut at ${cutIndex} with snapshot ${point.index}, but the log holds ${holds}`);
    }
    const snapshot = point.index > head.snapshot.index ? point : head.snapshot;
    const newCut = Math.max(cutIndex, head.cutIndex);
    if (newCut > head.cutIndex) this.#statements.cutHead.run(head.id, newCut);
    this.#heads.set(group, { ...head, snapshot, cutIndex: newCut }, this.#sequence);
  }

  /** Part of a transaction: gives this node's replica of a group its member id, once and for all (design §4.19). */
  assignMember(group: string, member: number): void {
    const recorded = this.#members.get(group);
    if (recorded === member) return;
    if (recorded !== undefined) {
      throw new ReferenceFailure(
        'DATA_DIR_FOREIGN',
        `${this.#place.file} is of member ${recorded} of group ${group}, this node is configured as member ${member}`,
      );
    }
    writeMeta(this.#database, MEMBER_PREFIX + group, String(member));
    this.#members.set(group, member);
  }

  /** Part of a transaction: keeps a text of the node's own, such as who has which member id. */
  note(key: string, value: string): void {
    writeMeta(this.#database, NOTE_PREFIX + key, value);
    this.#notes.set(key, value);
  }

  /** Everything stored of a group, checked entry by entry. Throws `LOG_DAMAGED` with group and index. */
  load(group: string): StoredGroup | undefined {
    const head = this.#heads.get(group);
    if (head === undefined) return undefined;
    const { hardState, snapshot, cutIndex, lastIndex, id, seed } = head;
    const entries: LogEntry[] = [];
    const damaged = (index: number, what: string) =>
      new ReferenceFailure('LOG_DAMAGED', `${this.#place.file}: group ${group}, index ${index}: ${what}`);
    explained(this.#place, () => {
      for (const row of this.#statements.entries.iterate(id)) {
        const [index, term, type, checksum, data] = row as [number, number, EntryType, number, Buffer];
        const expected = cutIndex + entries.length + 1;
        if (index !== expected) throw damaged(expected, `the entry is missing, ${index} comes next`);
        const entry = { index, term, type, data };
        if (!Buffer.isBuffer(data) || entryChecksum(seed, packEntry(entry)) !== checksum) {
          throw damaged(index, 'the entry fails its checksum');
        }
        entries.push(entry);
      }
    });
    const end = cutIndex + entries.length;
    if (end !== lastIndex) throw damaged(end + 1, `the entry is missing, the log should end at ${lastIndex}`);
    return { hardState, snapshot, entries };
  }

  /** Brings the write-ahead log into the database once it has grown; its file is then written again from the start. */
  checkpointIfDue(): void {
    if (this.#bytesSinceCheckpoint < this.#checkpointBytes) return;
    this.#bytesSinceCheckpoint = 0;
    explained(this.#place, () => {
      this.#database.pragma('wal_checkpoint(PASSIVE)');
      this.#mark.sync();
    });
  }

  takeSyncTimesMs(): number[] {
    const times = this.#syncTimesMs;
    this.#syncTimesMs = [];
    return times;
  }

  close(): void {
    this.#database.close();
    this.#mark.close();
  }
}

function prepareStatements(database: Database): Statements {
  const prepare = (sql: string): Statement => database.prepare(sql);
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    insert: prepare('INSERT INTO entry (head, idx, term, type, checksum, data) VALUES (?, ?, ?, ?, ?, ?)'),
    cutTail: prepare('DELETE FROM entry WHERE head = ? AND idx >= ?'),
    cutHead: prepare('DELETE FROM entry WHERE head = ? AND idx <= ?'),
    entries: prepare('SELECT idx, term, type, checksum, data FROM entry WHERE head = ? ORDER BY idx').raw(),
  };
}

function outOfOrder(group: string, what: string): ReferenceFailure {
  return new ReferenceFailure('LOG_ORDER', `log of group ${group}: ${what}`);
}
