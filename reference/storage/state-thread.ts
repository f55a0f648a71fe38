/**
 * What the loop and the thread that copies, checkpoints and verifies state files say to each other.
 */
import type { PlainFailure } from '../errors.js';
import type { StateIdentity } from './state-database.js';
import type { AppliedPosition } from './state-store.js';

export type StateJob =
  /** Writes a synced copy of a live state into a new file. */
  | { readonly kind: 'copy'; readonly file: string; readonly into: string; readonly identity: StateIdentity }
  /** Gives a complete file its name, so that it outlives a power loss. */
  | { readonly kind: 'publish'; readonly from: string; readonly to: string }
  /** Brings a live state's write-ahead log into its database and syncs it. */
  | { readonly kind: 'checkpoint'; readonly file: string }
  /** Reads a received file as a whole, then syncs it. */
  | { readonly kind: 'verify'; readonly file: string; readonly identity: StateIdentity };

export type StateJobResult =
  | { readonly kind: 'copy' | 'verify'; readonly position: AppliedPosition; readonly bytes: number }
  | { readonly kind: 'publish' }
  /** The state at least up to this applied index is synced: in the database file, or in the write-ahead log before it. */
  | { readonly kind: 'checkpoint'; readonly syncedIndex: number };

export interface StateRequest {
  readonly id: number;
  readonly job: StateJob;
}

export type StateReport = { readonly id: number } & (
  | { readonly result: StateJobResult }
  | { readonly failure: PlainFailure }
);
