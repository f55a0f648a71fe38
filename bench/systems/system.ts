/** A cluster that the bench can start, drive and stop: the same shape for every system that is compared. */
import type { Operation } from '../caller.js';

export interface System {
  readonly name: string;
  /** One line for the report: version and settings. */
  readonly description: string;
  /** Starts three members with empty data and resolves when a write was accepted. */
  start(): Promise<void>;
  /** Calls that go to the present leader. Asked again before each round, because leadership may move. */
  operations(): Promise<readonly Operation[]>;
  /** Has every member serve linearizable reads, and writes the record that `reads` read. Once, before them. */
  prepareReads(): Promise<void>;
  /** Linearizable reads at the present leader and at a follower. Asked again before each round. */
  reads(): Promise<readonly Operation[]>;
  /** Process ids of the members, for the memory figure. */
  processIds(): readonly number[];
  stop(): Promise<void>;
}

/** Bytes of the value that every write carries. */
export const VALUE_BYTES = 128;
