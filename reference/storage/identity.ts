/**
 * Who a database belongs to: format, cluster, and node or group, in a table `meta` whose layout no format may change, so
 * that every version can tell a newer file from a damaged one. Decides whether a file may be used by this node.
 */
import { ReferenceFailure } from '../errors.js';
import { recordChecksum } from './checksum.js';
import { type Database, type ErrorPlace, explained } from './sqlite.js';

/**
 * Format of the log and state databases that this version writes; it reads every older one. 2: tables of keys, directories
 * and remembered calls.
 */
export const STORAGE_FORMAT = 2;

/** Marks an SQLite file as ours; a file of another program is refused before anything is written to it. */
export interface FileKind {
  readonly applicationId: number;
  readonly name: string;
}
export const LOG_FILE: FileKind = { applicationId: 0x6f6d6c67, name: 'log database' };
export const STATE_FILE: FileKind = { applicationId: 0x6f6d7374, name: 'state database' };

const META_SCHEMA =
  'CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID';

/** Names of what a file must agree on, with the values of this node, e.g. `{ cluster, node }` or `{ cluster, group }`. */
export type Identity = Readonly<Record<string, string>>;

/**
 * As `checkIdentity`, but makes a database that holds nothing one of this node's, and one of an older format one of this
 * format. Call it inside a transaction. Answers `old` when the caller has to add what its schema has gained since.
 */
export function claim(
  database: Database,
  kind: FileKind,
  identity: Identity,
  place: ErrorPlace,
): 'new' | 'old' | 'known' {
  return explained(place, () => {
    const objects = Number(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    if (objects !== 0 || applicationIdOf(database) !== 0) {
      if (checkIdentity(database, kind, identity, place) === STORAGE_FORMAT) return 'known';
      writeMeta(database, 'format', String(STORAGE_FORMAT));
      return 'old';
    }
    database.pragma(`application_id = ${kind.applicationId}`);
    database.exec(META_SCHEMA);
    writeMeta(database, 'format', String(STORAGE_FORMAT));
    for (const [key, value] of Object.entries(identity)) writeMeta(database, key, value);
    return 'new';
  });
}

/**
 * Checks kind, format and identity of an open database and answers its format. Throws `DATA_DIR_FOREIGN`,
 * `DATA_DIR_NEWER_FORMAT` or the place's damage code.
 */
export function checkIdentity(database: Database, kind: FileKind, identity: Identity, place: ErrorPlace): number {
  return explained(place, () => {
    if (applicationIdOf(database) !== kind.applicationId) {
      throw new ReferenceFailure('DATA_DIR_FOREIGN', `${place.file} is an SQLite file but not a ${kind.name}`);
    }
    const meta = readMeta(database, place);
    const format = Number(meta.get('format'));
    if (!Number.isSafeInteger(format) || format < 1) {
      throw new ReferenceFailure(place.damaged, `${place.file} has no readable format version`);
    }
    if (format > STORAGE_FORMAT) {
      throw new ReferenceFailure(
        'DATA_DIR_NEWER_FORMAT',
        `${place.file} has format ${format}; this version reads up to ${STORAGE_FORMAT}`,
      );
    }
    for (const [key, expected] of Object.entries(identity)) {
      const found = meta.get(key);
      if (found === undefined) throw new ReferenceFailure(place.damaged, `${place.file} does not say its ${key}`);
      if (found !== expected) {
        throw new ReferenceFailure(
          'DATA_DIR_FOREIGN',
          `${place.file} belongs to ${key} "${found}", this is ${key} "${expected}"`,
        );
      }
    }
    return format;
  });
}

function applicationIdOf(database: Database): number {
  return Number(database.pragma('application_id', { simple: true }));
}

/** All meta values. Throws the place's damage code when one has flipped bytes. */
export function readMeta(database: Database, place: ErrorPlace): Map<string, string> {
  const meta = new Map<string, string>();
  const rows = database.prepare('SELECT key, value, checksum FROM meta').all() as {
    key: string;
    value: string;
    checksum: number;
  }[];
  for (const { key, value, checksum } of rows) {
    if (recordChecksum(key, value) !== checksum) {
      throw new ReferenceFailure(place.damaged, `${place.file}: meta value "${key}" fails its checksum`);
    }
    meta.set(key, value);
  }
  return meta;
}

export function writeMeta(database: Database, key: string, value: string): void {
  database
    .prepare('INSERT OR REPLACE INTO meta (key, value, checksum) VALUES (?, ?, ?)')
    .run(key, value, recordChecksum(key, value));
}
