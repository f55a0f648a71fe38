/**
 * A group's state as one SQLite file: its tables, its position row, and how such a file is opened and checked. The store that
 * serves it, recovery, and the thread that copies and verifies all come through here.
 */
import { statSync } from 'node:fs';
import type { Membership } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import { recordChecksum, rowChecksum } from './checksum.js';
import { checkIdentity, claim, STATE_FILE } from './identity.js';
import { checkStructure, type Database, type ErrorPlace, explained, type Sqlite } from './sqlite.js';
import { type AppliedPosition, TABLES, type TableName, tablesOf } from './state-store.js';

/** Whose state a file holds; it travels between nodes, so no node is named. */
export interface StateIdentity extends Readonly<Record<string, string>> {
  readonly cluster: string;
  readonly group: string;
}

const SCHEMA = `
  ${TABLES.map(
    (table) => `CREATE TABLE IF NOT EXISTS "${table}"
      (key BLOB PRIMARY KEY NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;`,
  ).join('\n')}
  CREATE TABLE IF NOT EXISTS position (
    id INTEGER PRIMARY KEY CHECK (id = 1), idx INTEGER NOT NULL, term INTEGER NOT NULL,
    managed_index BLOB NOT NULL, digest BLOB NOT NULL, membership TEXT NOT NULL, checksum INTEGER NOT NULL
  );
`;

/** Position of a state to which nothing was applied. */
export const START: AppliedPosition = {
  index: 0,
  term: 0,
  managedIndex: 0n,
  digest: new Uint8Array(32),
  membership: { voters: [], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false },
};

/**
 * How long a connection waits for another of the same process: one that starts to read just while the other publishes a
 * commit takes the writer's lock for a moment to look again.
 */
export const BUSY_TIMEOUT_MS = 5000;

/** Memory for pages of one connection; what does not fit is in the system's file cache, a copy away. */
const CACHE_KIB = 8 * 1024;

export interface OpenStateOptions {
  readonly identity: StateIdentity;
  /** Files up to this size are read and checked as a whole; in larger ones damage shows when a row is read. */
  readonly checkUpToBytes: number;
  /** Size to which the write-ahead log's file is cut when it is started anew. */
  readonly walBytes: number;
}

/**
 * Opens a group's live state for reading and writing, or creates it. Throws `STATE_DAMAGED`, `DATA_DIR_FOREIGN`,
 * `DATA_DIR_NEWER_FORMAT`, `DISK_FULL` or `DATA_DIR_UNUSABLE`.
 */
export function openState(sqlite: Sqlite, file: string, options: OpenStateOptions): Database {
  const place: ErrorPlace = { file, damaged: 'STATE_DAMAGED', opening: true };
  return explained(place, () => {
    const database = new sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma('wal_autocheckpoint = 0');
      database.pragma(`cache_size = -${CACHE_KIB}`);
      database.pragma(`journal_size_limit = ${options.walBytes}`);
      database
        .transaction(() => {
          if (claim(database, STATE_FILE, options.identity, place) !== 'known') database.exec(SCHEMA);
        })
        .immediate();
      if (statSync(file).size <= options.checkUpToBytes) {
        checkStructure(database, place);
        checkRows(database, place, TABLES);
      }
      readPosition(database, place);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Reads every page and row of a state file that nobody writes, and answers its position. Throws the place's damage code,
 * `DATA_DIR_FOREIGN` or `DATA_DIR_NEWER_FORMAT`.
 */
export function verifyStateFile(sqlite: Sqlite, place: ErrorPlace, identity: StateIdentity): AppliedPosition {
  const opening: ErrorPlace = { ...place, opening: true };
  return explained(opening, () => {
    const database = new sqlite(place.file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    try {
      if (statSync(place.file).size === 0) throw new ReferenceFailure(place.damaged, `${place.file} is empty`);
      const format = checkIdentity(database, STATE_FILE, identity, opening);
      checkStructure(database, opening);
      checkRows(database, opening, tablesOf(format));
      return readPosition(database, opening);
    } finally {
      database.close();
    }
  });
}

/** The position row; `START` when nothing was applied yet. */
export function readPosition(database: Database, place: ErrorPlace): AppliedPosition {
  const row = database
    .prepare('SELECT idx, term, managed_index, digest, membership, checksum FROM position WHERE id = 1')
    .raw()
    .get() as [number, number, Buffer, Buffer, string, number] | undefined;
  if (row === undefined) return START;
  const [index, term, managedIndex, digest, membership, checksum] = row;
  if (positionChecksum(index, term, managedIndex, digest, membership) !== checksum) {
    throw new ReferenceFailure(place.damaged, `${place.file}: the applied position fails its checksum`);
  }
  return {
    index,
    term,
    managedIndex: managedIndex.readBigUInt64BE(),
    digest,
    membership: JSON.parse(membership) as Membership,
  };
}

/** Values of the position row, in the order of its columns. */
export function positionRow({ index, term, managedIndex, digest, membership }: AppliedPosition): unknown[] {
  const managed = Buffer.alloc(8);
  managed.writeBigUInt64BE(managedIndex);
  const members = JSON.stringify(membership);
  return [index, term, managed, digest, members, positionChecksum(index, term, managed, digest, members)];
}

function positionChecksum(
  index: number,
  term: number,
  managedIndex: Uint8Array,
  digest: Uint8Array,
  membership: string,
): number {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return recordChecksum(index, term, hex(managedIndex), hex(digest), membership);
}

function checkRows(database: Database, place: ErrorPlace, tables: readonly TableName[]): void {
  for (const table of tables) {
    for (const row of database.prepare(`SELECT key, value, checksum FROM "${table}"`).raw().iterate()) {
      const [key, value, checksum] = row as [Buffer, Buffer, number];
      if (rowChecksum(key, value) !== checksum) throw damagedRow(place, table, key);
    }
  }
}

export function damagedRow(place: ErrorPlace, table: string, key: Uint8Array): ReferenceFailure {
  const shown = Buffer.from(key.subarray(0, 64)).toString('hex');
  return new ReferenceFailure(place.damaged, `${place.file}: table ${table}, key ${shown}: the row fails its checksum`);
}
