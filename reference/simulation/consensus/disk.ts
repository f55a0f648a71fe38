/**
 * The disk under one replica's log: writes are carried out in order and take time; a crash loses those that were not
 * synced, except for a first part of them that may have reached the platter. Decides nothing about when to write.
 */
import type { HardState, LogEntry, SnapshotPoint } from '../../consensus/raft-group.js';

export interface LogWrite {
  readonly hardState?: HardState | undefined;
  readonly snapshot?: SnapshotPoint | undefined;
  readonly entries: readonly LogEntry[];
  /** A snapshot point of one's own, and the last entry that is no longer needed. */
  readonly cut?: { readonly point: SnapshotPoint; readonly index: number };
  /** Called when the write, and all before it, are durable. */
  readonly synced: () => void;
}

export interface StoredLog {
  readonly hardState: HardState;
  readonly snapshot: SnapshotPoint;
  readonly entries: readonly LogEntry[];
}

export class SimulatedDisk {
  #durable: StoredLog;
  #queue: { readonly dueAt: number; readonly write: LogWrite }[] = [];

  constructor(founding: StoredLog) {
    this.#durable = founding;
  }

  /** What a restart would find. */
  get durable(): StoredLog {
    return this.#durable;
  }

  /** What is being written counts too: the log as the replica sees it. */
  get view(): StoredLog {
    return this.#queue.reduce((log, { write }) => carriedOut(log, write), this.#durable);
  }

  write(write: LogWrite, dueAt: number): void {
    const last = this.#queue.at(-1);
    this.#queue.push({ dueAt: Math.max(dueAt, last?.dueAt ?? 0), write });
  }

  /** Carries out what is due. */
  advance(now: number): void {
    for (let head = this.#queue[0]; head !== undefined && head.dueAt <= now; head = this.#queue[0]) {
      this.#queue.shift();
      this.#durable = carriedOut(this.#durable, head.write);
      head.write.synced();
    }
  }

  /** Forgets what is not durable; the first `surviving` writes were, without anybody having been told. */
  crash(surviving: number): void {
    for (const { write } of this.#queue.slice(0, surviving)) {
      this.#durable = carriedOut(this.#durable, write);
    }
    this.#queue = [];
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** For host bugs only: replaces what is durable. */
  damage(change: (log: StoredLog) => StoredLog): void {
    this.#durable = change(this.#durable);
  }
}

function carriedOut(log: StoredLog, write: LogWrite): StoredLog {
  const hardState = write.hardState ?? log.hardState;
  let { snapshot, entries } = log;
  if (write.snapshot !== undefined) {
    snapshot = write.snapshot;
    entries = [];
  }
  const [first] = write.entries;
  if (first !== undefined) {
    entries = [...entries.filter(({ index }) => index < first.index), ...write.entries];
  }
  if (write.cut !== undefined) {
    const { point, index } = write.cut;
    if (point.index >= snapshot.index) {
      snapshot = point;
      entries = entries.filter((entry) => entry.index > index);
    }
  }
  return { hardState, snapshot, entries };
}
