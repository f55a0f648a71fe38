/** A group's tables in memory, for tests: sorted keys, and a second reading of what operations do. */

import type { StateTransaction } from '../../storage/state-store.js';
import { TABLES } from '../../storage/state-store.js';
import type { Operation } from '../command.js';

type Row = readonly [key: Uint8Array, value: Uint8Array];
type Range = Parameters<StateTransaction['scan']>[1];

export class MemoryState implements StateTransaction {
  readonly #tables = new Map<string, Row[]>(TABLES.map((table) => [table, []]));

  get(table: string, key: Uint8Array): Uint8Array | undefined {
    return this.#rows(table).find(([present]) => Buffer.compare(present, key) === 0)?.[1];
  }

  *scan(table: string, range: Range): Iterable<Row> {
    const { prefix = new Uint8Array(0), from, after, limit = Number.POSITIVE_INFINITY } = range;
    let count = 0;
    for (const row of this.#rows(table)) {
      const [key] = row;
      if (Buffer.compare(key.subarray(0, prefix.length), prefix) !== 0) continue;
      if (from !== undefined && Buffer.compare(key, from) < 0) continue;
      if (after !== undefined && Buffer.compare(key, after) <= 0) continue;
      if (count >= limit) return;
      count += 1;
      yield row;
    }
  }

  put(table: string, key: Uint8Array, value: Uint8Array): void {
    this.delete(table, key);
    const rows = this.#rows(table);
    const at = rows.findIndex(([present]) => Buffer.compare(present, key) > 0);
    rows.splice(at < 0 ? rows.length : at, 0, [key.slice(), value.slice()]);
  }

  delete(table: string, key: Uint8Array): void {
    const rows = this.#rows(table);
    const at = rows.findIndex(([present]) => Buffer.compare(present, key) === 0);
    if (at >= 0) rows.splice(at, 1);
  }

  /** Carries out operations; its only merge operator is int64-add. */
  run(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.kind === 'put') this.put(operation.table, operation.key, operation.value);
      if (operation.kind === 'delete') this.delete(operation.table, operation.key);
      if (operation.kind === 'merge') {
        const sum = Buffer.alloc(8);
        const present = this.get(operation.table, operation.key);
        const before = present === undefined ? 0n : Buffer.from(present).readBigInt64BE();
        sum.writeBigInt64BE(before + Buffer.from(operation.value).readBigInt64BE());
        this.put(operation.table, operation.key, sum);
      }
    }
  }

  /** All rows in hex, to compare two states. */
  dump(): readonly string[] {
    return [...this.#tables].flatMap(([table, rows]) =>
      rows.map(([key, value]) => `${table} ${Buffer.from(key).toString('hex')} ${Buffer.from(value).toString('hex')}`),
    );
  }

  #rows(table: string): Row[] {
    const rows = this.#tables.get(table);
    if (rows === undefined) throw new Error(`no table ${table}`);
    return rows;
  }
}
