/** What a replica needs of execution: locks until apply, plans as log entries, and entries as changes of the state. */
import type { LogEntry } from '../consensus/raft-group.js';
import type { Answer, Lock, OMRequest, WriteCommand } from '../namespace/command.js';
import type { AppliedPosition, StateTransaction, StateView } from '../storage/state-store.js';

export interface LockHold {
  /** Gives the locks free, or takes the request for them back. Safe to call twice. */
  release(): void;
}

export interface LockTable {
  /** Calls `granted` once all of `locks` are held: before it returns when they are free, else when others let go. */
  acquire(locks: readonly Lock[], granted: () => void): LockHold;
}

export interface PlanInput {
  readonly view: StateView;
  readonly command: WriteCommand;
  readonly request: OMRequest;
  readonly user: string;
  readonly term: number;
  readonly managedIndex: bigint;
  readonly nowMs: bigint;
}

/** A plan as it travels: the log entry, and the answer that the caller gets once it is applied. */
export interface PlannedWrite {
  readonly entry: Uint8Array;
  readonly answer: Answer;
}

export type WritePlanner = (input: PlanInput) => PlannedWrite;

/** Carries out one entry on the state and answers the position after it. */
export type EntryApplier = (
  transaction: StateTransaction,
  position: AppliedPosition,
  entry: LogEntry,
) => AppliedPosition;

export interface Execution {
  readonly newLockTable: () => LockTable;
  readonly plan: WritePlanner;
  readonly apply: EntryApplier;
}
