/**
 * Applying of one group: committed entries in, one state transaction per loop turn out, the applied position in the same
 * transaction (LE-APPLY-2, design §3). Holds back while apply is paused and while a received state takes the place of the
 * present one. What an entry does to the state is execution's to decide.
 */
import type { LogEntry, RaftGroup, SnapshotPoint } from '../consensus/raft-group.js';
import type { AppliedPosition, StateStore, StateTransaction } from '../storage/state-store.js';
import type { Counters } from './counters.js';
import type { NodeParts } from './parts.js';

/** A state store whose whole content can be replaced by a received file. */
export interface ReplaceableState extends StateStore {
  /** Replaces the state by the received file at `index`; nothing may be applied until it resolves. */
  install(index: number): Promise<void>;
}

/** What carries out an entry, and who looks on. */
export interface Applying {
  readonly applyEntry: NodeParts['applyEntry'];
  /** Puts itself between a transaction and the entries that write in it; asked once for each transaction. */
  watched(transaction: StateTransaction): StateTransaction;
}

type Raft = Pick<RaftGroup, 'applied' | 'applyMembership'>;
type State = Pick<ReplaceableState, 'position' | 'transact' | 'install'>;

export class ApplyPath {
  readonly #raft: Raft;
  readonly #state: State;
  readonly #applying: Applying;
  readonly #counters: Counters;
  #queue: LogEntry[] = [];
  #position: AppliedPosition;
  #paused = false;
  #installing = false;

  constructor(raft: Raft, state: State, position: AppliedPosition, applying: Applying, counters: Counters) {
    this.#raft = raft;
    this.#state = state;
    this.#position = position;
    this.#applying = applying;
    this.#counters = counters;
  }

  get position(): AppliedPosition {
    return this.#position;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** True while a received state takes the place of the present one: nothing is applied. */
  get installing(): boolean {
    return this.#installing;
  }

  /** Stops nothing but apply: the group votes, acknowledges, leads and commits on (harness-contracts.md §2). */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  add(committed: readonly LogEntry[]): void {
    this.#queue.push(...committed);
  }

  /** Applies what waits, if it may, and answers what was applied. */
  run(): readonly LogEntry[] {
    if (this.#paused || this.#installing || this.#queue.length === 0) return [];
    const entries = this.#queue.filter(({ index }) => index > this.#position.index);
    this.#queue = [];
    const last = entries.at(-1);
    if (last === undefined) return [];
    let position = this.#position;
    this.#state.transact((transaction) => {
      const watched = this.#applying.watched(transaction);
      for (const entry of entries) position = this.#applyOne(watched, position, entry);
      return position;
    });
    this.#position = position;
    this.#counters.applied_entries += entries.length;
    this.#counters.apply_transactions++;
    this.#raft.applied(last.index);
    return entries;
  }

  /** Takes the received state at `point`; entries up to it that still waited are part of it. */
  async install(point: SnapshotPoint): Promise<void> {
    this.#installing = true;
    await this.#state.install(point.index);
    this.#position = this.#state.position;
    this.#installing = false;
    this.#counters.snapshots_installed++;
  }

  #applyOne(transaction: StateTransaction, position: AppliedPosition, entry: LogEntry): AppliedPosition {
    const applied = this.#applying.applyEntry(transaction, position, entry);
    return entry.type === 0 ? applied : { ...applied, membership: this.#raft.applyMembership(entry) };
  }
}
