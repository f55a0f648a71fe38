/**
 * What the rest of the node knows of consensus: one replica of one Raft group as a pure state machine. Inputs are ticks,
 * messages and proposals; outputs are what to send, persist and apply. Nothing here says how it is computed (design §5).
 *
 * Indexes and terms are this node's own, so they are `number` (guarded by `Number.isSafeInteger`); see design §4.18.
 */

/** 0 = ordinary entry, 1 and 2 = membership change. */
export type EntryType = 0 | 1 | 2;

export interface LogEntry {
  readonly index: number;
  readonly term: number;
  readonly type: EntryType;
  /** Empty for the entry with which a leader opens its term. */
  readonly data: Uint8Array;
}

/** Must reach stable storage before any message that depends on it leaves the node. `commit` alone need not be synced. */
export interface HardState {
  readonly term: number;
  /** Member id voted for in `term`; 0 = none. */
  readonly vote: number;
  readonly commit: number;
}

/** Membership of a group, as member ids. The last three are empty outside a joint change. */
export interface Membership {
  readonly voters: readonly number[];
  readonly learners: readonly number[];
  readonly votersOutgoing: readonly number[];
  readonly learnersNext: readonly number[];
  readonly autoLeave: boolean;
}

/** Where a state snapshot stands. The state itself travels and is stored outside consensus. */
export interface SnapshotPoint {
  readonly index: number;
  readonly term: number;
  readonly membership: Membership;
}

export interface OutgoingMessage {
  /** Raft message type number of the core; `SNAPSHOT_MESSAGE` needs the state file to travel with it. */
  readonly type: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  /** Set by the host of a leader: how far the group has committed, which messages to a member that is silent do not say. */
  readonly commit?: number;
  /** Set on snapshot messages only: the index of the state that the receiver needs. */
  readonly snapshotIndex?: number;
}

export interface ReadState {
  /** A state at or above this index answers the read linearizably. */
  readonly index: number;
  readonly context: Uint8Array;
}

/**
 * One batch of outputs. The host sends `messages` at once; stores `hardState`, `entries` and `snapshot` in one synced
 * transaction; then calls `persisted(token)` and only then sends `messagesAfterPersist`. `committed` entries are already
 * stable on this node; after they are applied, in order, the host calls `applied(index)`, for all of them or for a first
 * part. Several batches may be in flight; they are stored, and reported as stored, in the order in which they were taken.
 *
 * What was handed out and is not yet applied is bounded by `maxMessageBytes`; the next entries come after `applied`.
 */
export interface Ready {
  /** Names the batch; tokens of one group rise. */
  readonly token: number;
  readonly hardState: HardState | undefined;
  readonly entries: readonly LogEntry[];
  /**
   * A received snapshot that replaces log and state. It is stored, and its state is in place, before `persisted`; entries
   * that were handed out earlier and are not applied yet are skipped, and it needs no `applied`.
   */
  readonly snapshot: SnapshotPoint | undefined;
  /**
   * False when nothing in this batch has to be synced, nor vouches for an earlier batch that is still being stored: the
   * host may call `persisted` and send the rest at once. A `hardState` is then stored without waiting.
   */
  readonly mustSync: boolean;
  readonly messages: readonly OutgoingMessage[];
  /** Votes and acknowledgements: what they say is true only once it is stored. */
  readonly messagesAfterPersist: readonly OutgoingMessage[];
  readonly committed: readonly LogEntry[];
  readonly readStates: readonly ReadState[];
}

export type RaftRole = 'follower' | 'precandidate' | 'candidate' | 'leader';

export interface PeerProgress {
  readonly id: number;
  readonly match: number;
  readonly next: number;
  readonly state: 'probe' | 'replicate' | 'snapshot';
  readonly active: boolean;
  readonly learner: boolean;
}

export interface RaftStatus {
  readonly id: number;
  readonly term: number;
  readonly vote: number;
  readonly commit: number;
  readonly applied: number;
  /** Member id; 0 = none known. */
  readonly leader: number;
  readonly role: RaftRole;
  /** Member id that leadership is being moved to; 0 = none. */
  readonly transferee: number;
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** Filled on the leader only. */
  readonly progress: readonly PeerProgress[];
}

/** Cheap part of the status, for the hot path. */
export interface RaftPosition {
  readonly term: number;
  readonly leader: number;
  readonly role: RaftRole;
  readonly lastIndex: number;
  readonly commit: number;
}

export interface RaftGroupOptions {
  /** Member id of this replica: 1 … 2^53−1. */
  readonly id: number;
  /** Seeds the election jitter of this group; equal seeds and inputs give equal outputs. */
  readonly seed: number;
  readonly electionTicks: number;
  readonly heartbeatTicks: number;
  /** Bound on the entries in one message, and on those that were handed out and are not applied; one entry may exceed it. */
  readonly maxMessageBytes: number;
  readonly maxInflightMessages: number;
  /**
   * Bound on bytes that were proposed and are not yet applied here; beyond it `propose` answers undefined. A batch of any
   * size is taken when nothing is in flight.
   */
  readonly maxUncommittedBytes: number;
  /**
   * Bound on the entries that are kept behind the snapshot point for members that lag; undefined = until `compact`.
   * Entries above the snapshot point are always kept, so the host takes snapshots by `logBytes`.
   */
  readonly maxLogBytes?: number;
  /** What the log store held: see `LogStore.load`. */
  readonly hardState: HardState;
  /**
   * The newest snapshot point that was stored; index 0 with the founding membership, the same on every replica, when there
   * was none. It may stand above the start of the log, and above `applied` after a loss of power.
   */
  readonly snapshot: SnapshotPoint;
  readonly entries: readonly LogEntry[];
  /** Applied index of the state store: committed entries above it are handed out again. */
  readonly applied: number;
}

/** Raft message type that carries a snapshot announcement (MsgSnap). */
export const SNAPSHOT_MESSAGE = 7;

/**
 * Methods are called in any order and at any time between the calls that a batch asks for. Besides what they say they
 * throw (classes in `consensus-errors.ts`):
 * `ConsensusPanicError` when raft finds that this group contradicts itself, now or earlier: the group is lost, others go on;
 * `ConsensusFatalError` when the core itself failed: the host ends the process;
 * `ConsensusOrderError` when the host broke this contract.
 */
export interface RaftGroup {
  tick(): void;
  /** Takes a message from another member. A message that cannot be decoded throws `ConsensusInputError`. */
  step(message: Uint8Array): void;
  /**
   * Appends entries as one batch. Answers the position of the first one, or undefined when this replica may not propose
   * now (not leader, leadership being moved, too much in flight); then nothing was appended. There is at least one entry.
   */
  propose(entries: readonly Uint8Array[]): { readonly term: number; readonly index: number } | undefined;
  /**
   * Proposes a membership change; several changes at once go through a joint membership that ends by itself. The caller has
   * validated it; a change that no replica could apply (one that leaves no voter) throws `ConsensusInputError`. False when
   * this replica may not propose now, or an earlier change is not applied yet.
   */
  proposeMembership(
    changes: readonly { readonly type: 'voter' | 'learner' | 'remove'; readonly id: number }[],
  ): boolean;
  /**
   * Takes note of a committed membership entry, before `applied` covers it, and answers the membership in force after it.
   * Afterwards the host gives a snapshot point at or above the entry: until then no member is sent a snapshot, since a
   * newcomer would ignore one that does not name it.
   */
  applyMembership(entry: LogEntry): Membership;
  /** Asks for a confirmed read position; it comes back in some later `Ready.readStates`, or never: callers set a deadline. */
  readIndex(context: Uint8Array): void;
  transferLeadership(to: number): void;
  campaign(): void;
  reportUnreachable(id: number): void;
  /** Every snapshot that was sent must be reported, delivered or not, or its receiver gets nothing more. */
  reportSnapshot(id: number, delivered: boolean): void;
  hasReady(): boolean;
  ready(): Ready | undefined;
  /** States that this batch and all before it are stored. */
  persisted(token: number): void;
  /** States that all entries up to `index` are applied, the membership changes among them by `applyMembership` too. */
  applied(index: number): void;
  /**
   * States that the host holds a state snapshot at `point`, which is applied; members that the log no longer serves are
   * sent there. A point older than the newest is ignored: a received snapshot may have overtaken it. With `maxLogBytes`,
   * older entries are dropped.
   */
  snapshotTaken(point: SnapshotPoint): void;
  /** Drops log entries up to and including `index`, but none above the newest snapshot point or not yet applied. */
  compact(index: number): void;
  /** Bytes of log entries held in memory, what they cost besides their data included. */
  logBytes(): number;
  position(): RaftPosition;
  status(): RaftStatus;
  close(): void;
}
