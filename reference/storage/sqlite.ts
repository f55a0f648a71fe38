/**
 * The one door to better-sqlite3, an optional dependency: loads it, opens databases and says in the reference's own errors
 * what SQLite reports. What is stored in them is decided elsewhere.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { type ErrorCode, ReferenceFailure } from '../errors.js';

export type Database = BetterSqlite3.Database;
export type Statement = BetterSqlite3.Statement<unknown[], unknown>;
export type Sqlite = typeof BetterSqlite3;

/** Thrown as `SQLITE_MISSING` when the native module is absent or does not fit this Node. */
export async function loadSqlite(): Promise<Sqlite> {
  try {
    const { default: sqlite } = await import('better-sqlite3');
    // The native part is loaded by the first database, not by the import.
    new sqlite(':memory:').close();
    return sqlite;
  } catch (cause) {
    throw new ReferenceFailure('SQLITE_MISSING', `better-sqlite3 cannot be loaded: ${firstLine(cause)}`, { cause });
  }
}

/** Which file an SQLite error is about, and which code says that this kind of file is damaged. */
export interface ErrorPlace {
  readonly file: string;
  readonly damaged: Extract<ErrorCode, 'LOG_DAMAGED' | 'STATE_DAMAGED' | 'SNAPSHOT_DAMAGED'>;
  /** While an existing file is being opened, statements that SQLite cannot even compile mean that its schema is damaged. */
  readonly opening?: boolean;
}

/** Below this much free space a failed write is taken for a full disk. */
const FULL_BELOW_BYTES = 1024 * 1024;

/** The reference's error for what SQLite or the file system threw at `place`; anything unknown is passed through. */
export function explain(error: unknown, place: ErrorPlace): unknown {
  if (error instanceof ReferenceFailure) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  const found = `${place.file}: ${firstLine(error)} (${code})`;
  const options = { cause: error };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new ReferenceFailure('DISK_FULL', found, options);
  }
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code) || (code === 'SQLITE_ERROR' && place.opening === true)) {
    return new ReferenceFailure(place.damaged, found, options);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ReferenceFailure('DATA_DIR_IN_USE', found, options);
  }
  const trouble =
    code.startsWith('SQLITE_IOERR') || code === 'EIO'
      ? 'DISK_FAILED'
      : /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|ENOENT|EEXIST|EMFILE|ENAMETOOLONG)/.test(
            code,
          )
        ? 'DATA_DIR_UNUSABLE'
        : undefined;
  if (trouble === undefined) return error;
  // SQLite reports a full disk as an I/O error where it grows its shared memory or creates a file. The system itself does not:
  // what it says of permissions and paths holds on file systems without free space too (/proc, read-only images).
  const full = code.startsWith('SQLITE_') && freeBytes(place.file) < FULL_BELOW_BYTES;
  return new ReferenceFailure(full ? 'DISK_FULL' : trouble, found, options);
}

/** Runs `work` and throws what `explain` makes of its error. */
export function explained<T>(place: ErrorPlace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explain(error, place);
  }
}

/** Throws the file's damage code when SQLite's own structure check finds anything. Reads the whole file. */
export function checkStructure(database: Database, place: ErrorPlace): void {
  const finding = database.pragma('quick_check(1)', { simple: true });
  if (finding !== 'ok') throw new ReferenceFailure(place.damaged, `${place.file}: ${String(finding)}`);
}

function freeBytes(file: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize;
  } catch {
    // The folder itself is out of reach: then space is not what is missing.
    return Number.POSITIVE_INFINITY;
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
