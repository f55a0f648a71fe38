/**
 * The durable log of a node: one database for all of its groups. A write is acknowledged once it is synced to disk; all
 * writes of one loop turn are one transaction (design §4.3). The seam at which power loss is simulated (design §4.20).
 */
import type { HardState, LogEntry, SnapshotPoint } from '../consensus/raft-group.js';

/** What one group writes in one turn. Entries replace whatever stands at or above the first one's index. */
export interface LogWrite {
  readonly group: string;
  readonly hardState?: HardState | undefined;
  readonly entries: readonly LogEntry[];
  /** A snapshot that was installed: the group's log is emptied and starts after it. */
  readonly snapshot?: SnapshotPoint | undefined;
}

export interface StoredGroup {
  readonly hardState: HardState;
  readonly snapshot: SnapshotPoint;
  readonly entries: readonly LogEntry[];
}

export interface LogStore {
  /** Undefined when this group was never written. */
  load(group: string): Promise<StoredGroup | undefined>;
  /** Resolves when all of it is synced. Calls are carried out in order; several may share one sync. */
  append(writes: readonly LogWrite[]): Promise<void>;
  /** Records a snapshot point and drops entries up to and including `cutIndex`. The caller has synced the state up to it. */
  cut(group: string, point: SnapshotPoint, cutIndex: number): Promise<void>;
  /** Measured sync times in milliseconds since the last call, for the metrics. */
  takeSyncTimesMs(): Promise<readonly number[]>;
  close(): Promise<void>;
}
