/**
 * What the loop and the log's thread say to each other. Requests carry rising numbers and are carried out in that order;
 * one report answers all requests of a turn.
 */
import type { SnapshotPoint } from '../consensus/raft-group.js';
import type { PlainFailure } from '../errors.js';
import type { LogDatabaseOptions } from './log-database.js';
import type { LogHead } from './log-heads.js';

export type LogThreadData = LogDatabaseOptions;

export type LogRequest = { readonly id: number } & (
  | { readonly kind: 'append'; readonly packed: Uint8Array }
  | { readonly kind: 'cut'; readonly group: string; readonly point: SnapshotPoint; readonly cutIndex: number }
  | { readonly kind: 'assign-member'; readonly group: string; readonly member: number }
  | { readonly kind: 'note'; readonly key: string; readonly value: string }
  | { readonly kind: 'load'; readonly group: string }
  | { readonly kind: 'sync-times' }
  /** For a loss of power: nothing that comes after it is stored, or answered, until `lose`. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'lose'; readonly seed: number }
  | { readonly kind: 'close' }
);

/** Answer to a request that reads; `load` answers the group packed as one write, absent when it was never written. */
export type LogAnswer =
  | { readonly id: number; readonly kind: 'load'; readonly packed: Uint8Array | undefined }
  | { readonly id: number; readonly kind: 'sync-times'; readonly timesMs: readonly number[] };

export type LogReport =
  | {
      readonly kind: 'opened';
      readonly heads: ReadonlyMap<string, LogHead>;
      readonly members: ReadonlyMap<string, number>;
      readonly notes: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'not-opened'; readonly failure: PlainFailure }
  | {
      readonly kind: 'turn';
      /** Every request up to this number is done, except those named in `failed`. */
      readonly through: number;
      readonly answers: readonly LogAnswer[];
      readonly failed: readonly { readonly id: number; readonly failure: PlainFailure }[];
    };
