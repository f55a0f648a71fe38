/**
 * The loop's connection to one group's state: rows, scans and transactions. Decides how rows are fetched and checked; when
 * the file is copied, checkpointed or replaced is decided by the store around it.
 */
import { ReferenceFailure } from '../errors.js';
import { rowChecksum } from './checksum.js';
import { keyInterval, type ScanRange } from './key-range.js';
import { type Database, type ErrorPlace, explained, type Statement } from './sqlite.js';
import { damagedRow, positionRow, readPosition } from './state-database.js';
import { type AppliedPosition, type StateTransaction, TABLES } from './state-store.js';

/** Rows that a scan fetches at once: memory stays small, and other statements may run between two of them. */
const SCAN_ROWS = 128;
const NO_END = Buffer.alloc(0);

interface TableStatements {
  readonly get: Statement;
  readonly put: Statement;
  readonly delete: Statement;
  /** By whether the lower bound belongs to the range, and whether there is an upper bound. */
  readonly scan: Readonly<Record<'>=' | '>', Readonly<Record<'<' | 'open', Statement>>>>;
}

export class StateConnection implements StateTransaction {
  readonly #database: Database;
  readonly #place: ErrorPlace;
  readonly #tables: ReadonlyMap<string, TableStatements>;
  readonly #run: Readonly<Record<'begin' | 'commit' | 'rollback' | 'setPosition', Statement>>;
  #position: AppliedPosition;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#place = { file, damaged: 'STATE_DAMAGED' };
    this.#tables = new Map(TABLES.map((table) => [table, prepareTable(database, table)]));
    this.#run = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      setPosition: database.prepare('INSERT OR REPLACE INTO position VALUES (1, ?, ?, ?, ?, ?, ?)'),
    };
    this.#position = readPosition(database, this.#place);
  }

  get position(): AppliedPosition {
    return this.#position;
  }

  get(table: string, key: Uint8Array): Uint8Array | undefined {
    const row = explained(this.#place, () => this.#table(table).get.get(key)) as [Buffer, number] | undefined;
    if (row === undefined) return undefined;
    const [value, checksum] = row;
    if (rowChecksum(key, value) !== checksum) throw damagedRow(this.#place, table, key);
    return value;
  }

  *scan(table: string, range: ScanRange): Iterable<readonly [Uint8Array, Uint8Array]> {
    const statements = this.#table(table).scan;
    const { lower, lowerInclusive, upper } = keyInterval(range);
    let left = range.limit ?? Number.POSITIVE_INFINITY;
    let operator: '>=' | '>' = lowerInclusive ? '>=' : '>';
    for (let from = lower; left > 0; operator = '>') {
      const count = Math.min(left, SCAN_ROWS);
      const statement = statements[operator][upper === undefined ? 'open' : '<'];
      const rows = explained(this.#place, () => statement.all(from, upper ?? NO_END, count)) as [
        Buffer,
        Buffer,
        number,
      ][];
      for (const [key, value, checksum] of rows) {
        if (rowChecksum(key, value) !== checksum) throw damagedRow(this.#place, table, key);
        yield [key, value];
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < count) return;
      [from] = last;
      left -= rows.length;
    }
  }

  put(table: string, key: Uint8Array, value: Uint8Array): void {
    this.#changing();
    this.#table(table).put.run(key, value, rowChecksum(key, value));
  }

  delete(table: string, key: Uint8Array): void {
    this.#changing();
    this.#table(table).delete.run(key);
  }

  /** See `StateStore.transact`. */
  transact(work: (transaction: StateTransaction) => AppliedPosition): void {
    this.#position = explained(this.#place, () => {
      this.#run.begin.run();
      try {
        const position = work(this);
        this.#run.setPosition.run(...positionRow(position));
        this.#run.commit.run();
        return position;
      } catch (error) {
        // SQLite has rolled back by itself after some errors, a full disk among them.
        if (this.#database.inTransaction) this.#run.rollback.run();
        throw error;
      }
    });
  }

  /** Brings in what stands in the write-ahead log, on this thread: two syncs. */
  checkpoint(): void {
    explained(this.#place, () => this.#database.pragma('wal_checkpoint(PASSIVE)'));
  }

  close(): void {
    this.#database.close();
  }

  #table(table: string): TableStatements {
    const statements = this.#tables.get(table);
    if (statements === undefined) {
      throw new ReferenceFailure('UNKNOWN_TABLE', `there is no table "${table.slice(0, 100)}" in ${this.#place.file}`);
    }
    return statements;
  }

  #changing(): void {
    if (!this.#database.inTransaction) throw new Error('a state is changed inside a transaction only');
  }
}

function prepareTable(database: Database, table: string): TableStatements {
  const prepare = (sql: string): Statement => database.prepare(sql);
  // The parameters are the same each time (lower, upper, limit), so that callers need not tell the four apart.
  const scan = (lower: string, upper: string) =>
    prepare(`SELECT key, value, checksum FROM "${table}" WHERE key ${lower} ? ${upper} ORDER BY key LIMIT ?`).raw();
  const bounded = 'AND key < ?';
  const open = "AND ? = x''";
  return {
    get: prepare(`SELECT value, checksum FROM "${table}" WHERE key = ?`).raw(),
    put: prepare(`INSERT OR REPLACE INTO "${table}" (key, value, checksum) VALUES (?, ?, ?)`),
    delete: prepare(`DELETE FROM "${table}" WHERE key = ?`),
    scan: {
      '>=': { '<': scan('>=', bounded), open: scan('>=', open) },
      '>': { '<': scan('>', bounded), open: scan('>', open) },
    },
  };
}
