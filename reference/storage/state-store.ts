/**
 * The state of one group: tables of opaque keys and values in byte order, and the position up to which the log has been
 * applied. Applying is one transaction that holds whole entries together with the position (design §3, LE-APPLY-2).
 */
import type { Membership } from '../consensus/raft-group.js';

/** Tables that each storage format added, the first format first. A later one only adds to the list. */
const TABLES_BY_FORMAT = [
  ['volume', 'bucket', 'userVolume', 'usage'],
  ['key', 'openKey', 'directory', 'file', 'openFile', 'deletedDirectory', 'retry', 'retryTime'],
] as const;
/** All tables of this version's format, in the order in which digests take them. */
export const TABLES = TABLES_BY_FORMAT.flat();
export type TableName = (typeof TABLES)[number];

/** The tables that a file of `format` has. */
export function tablesOf(format: number): readonly TableName[] {
  return TABLES_BY_FORMAT.slice(0, format).flat();
}

/** Reading side: what planners and reads see. Keys order bytewise. */
export interface StateView {
  get(table: string, key: Uint8Array): Uint8Array | undefined;
  /** Rows with `prefix`, from `after` (exclusive) or `from` (inclusive), in key order, lazily. */
  scan(
    table: string,
    range: {
      readonly prefix?: Uint8Array;
      readonly from?: Uint8Array;
      readonly after?: Uint8Array;
      readonly limit?: number;
    },
  ): Iterable<readonly [key: Uint8Array, value: Uint8Array]>;
}

export interface AppliedPosition {
  readonly index: number;
  readonly term: number;
  /** Highest id given to a plan that was applied; a leader's next id is above it. */
  readonly managedIndex: bigint;
  /** Rolling digest of the group at `index`: 32 bytes (design §4.8). */
  readonly digest: Uint8Array;
  readonly membership: Membership;
}

/** Writing side, inside one transaction. A table that this version does not have throws `UNKNOWN_TABLE`. */
export interface StateTransaction extends StateView {
  put(table: string, key: Uint8Array, value: Uint8Array): void;
  delete(table: string, key: Uint8Array): void;
}

export interface StateStore extends StateView {
  readonly position: AppliedPosition;
  /** Runs `work` in one transaction and stores the position that it returns; rolls back and rethrows when it throws. */
  transact(work: (transaction: StateTransaction) => AppliedPosition): void;
  /**
   * Makes a synced copy of the whole state in a file of its own, on another thread and connection, and syncs the state
   * database itself up to at least the copy's position. The loop goes on meanwhile.
   */
  snapshot(): Promise<StateSnapshot>;
  close(): void;
}

export interface StateSnapshot {
  readonly path: string;
  readonly position: AppliedPosition;
  readonly bytes: number;
}
