/**
 * This node's replica of one group: feeds the consensus core, carries out what it says in the order that it demands, and
 * lets write path, read path and apply know. The group loop decides when; consensus, planners and `NodeParts` decide what.
 */
import { ConsensusInputError } from '../consensus/consensus-errors.js';
import type { HardState, OutgoingMessage, RaftGroup, Ready, SnapshotPoint } from '../consensus/raft-group.js';
import type { Refusal } from '../service/refusals.js';
import type { LogWrite } from '../storage/log-store.js';
import type { AppliedPosition } from '../storage/state-store.js';
import { ApplyPath, type ReplaceableState } from './apply-path.js';
import { Confirmations } from './confirmations.js';
import { EarlyElection } from './early-election.js';
import type { GroupView } from './group-view.js';
import type { RoleView } from './leadership.js';
import { type Member, type Members, nodeNumber } from './members.js';
import { MsyncPath } from './msync-path.js';
import type { NodeLog } from './node-log.js';
import { Purger } from './purger.js';
import { readContext, roundOf } from './read-context.js';
import { ReadPath } from './read-path.js';
import type { Standing } from './standing.js';
import { WritePath } from './write-path.js';

export interface ReplicaOptions
  extends Pick<GroupView, 'group' | 'self' | 'parts' | 'configuration' | 'clock' | 'counters' | 'readContext'> {
  readonly members: Members;
  /** Whether the others know its data directory already. */
  readonly registered: boolean;
  readonly raft: RaftGroup;
  readonly state: ReplaceableState;
  /** Where the state stands; that of an empty one carries the founding members. */
  readonly position: AppliedPosition;
  readonly log: NodeLog;
  /** 16 bytes that no other run of this node has. */
  readonly incarnation: Uint8Array;
  readonly send: (group: string, messages: readonly OutgoingMessage[]) => void;
  readonly wake: () => void;
  /** A received state has taken the place of this node's. */
  readonly onInstalled: (point: SnapshotPoint) => void;
  /** This replica cannot go on; the process has to end. */
  readonly onFatal: (error: unknown) => void;
}

/** A batch of outputs on its way to the disk; batches are finished in the order in which they were taken. */
interface InFlight {
  readonly ready: Ready;
  stored: boolean;
  /** A snapshot that came with it is in place; `going` while that is being done. */
  installed: 'no' | 'going' | 'yes';
}

export class Replica implements GroupView {
  readonly group;
  readonly self;
  readonly parts;
  readonly configuration;
  readonly clock;
  readonly counters;
  readonly readContext;
  readonly raft: RaftGroup;
  readonly state: ReplaceableState;
  readonly writes: WritePath;
  readonly reads: ReadPath;
  readonly msyncs: MsyncPath;
  readonly apply: ApplyPath;
  readonly #confirmations: Confirmations;
  readonly #purger: Purger;
  readonly #earlyElection: EarlyElection;
  /** Until the others know its data directory a node is silent and deaf in the group (HA-18). */
  registered: boolean;
  /** Another node knows this one as no member any more. */
  removedElsewhere = false;
  readonly #options: ReplicaOptions;
  readonly #inFlight: InFlight[] = [];
  /** A hard state that need not be synced: it travels with the next write that is. */
  #unsyncedHardState: HardState | undefined;
  /** Term in which this node leads, as far as write path and read path were told; 0 = it does not. */
  #leadingTerm = 0;
  /** The leader that this node heard last, and when: another follower's word says nothing of how fresh the state is (RC-4). */
  #heard: { readonly node: string; readonly atMs: number; readonly commit: number } | undefined;
  #leaderlessTicks = 0;
  /** Whether this node has known a leader since it started: until then it knows nothing of what the group does (FR-ADMIT-6). */
  #led = false;
  /** What the read path was told last. */
  #served = false;
  #readIndex = 0;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.registered = options.registered;
    this.group = options.group;
    this.self = options.self;
    this.parts = options.parts;
    this.configuration = options.configuration;
    this.clock = options.clock;
    this.counters = options.counters;
    this.readContext = options.readContext;
    this.raft = options.raft;
    this.state = options.state;
    this.writes = new WritePath(this, options.raft);
    this.#confirmations = new Confirmations(this);
    this.reads = new ReadPath(this, this.#confirmations);
    this.msyncs = new MsyncPath(this, this.#confirmations);
    const { heartbeatTicks, electionTicks } = options.configuration;
    this.#earlyElection = new EarlyElection({ self: options.self.id, heartbeatTicks, electionTicks });
    // The network was there before: what it reaches already was no occasion yet.
    this.#earlyElection.connected();
    const purger = new Purger({ view: this, writes: this.writes, log: options.log, onFatal: options.onFatal });
    this.#purger = purger;
    this.apply = new ApplyPath(
      options.raft,
      options.state,
      options.position,
      { applyEntry: options.parts.applyEntry, watched: (transaction) => purger.watched(transaction) },
      options.counters,
    );
  }

  get position(): AppliedPosition {
    return this.apply.position;
  }

  role(): RoleView {
    const { role, term } = this.raft.position();
    return { role, term, appliedTerm: this.apply.position.term };
  }

  leader(): Member | undefined {
    return this.#options.members.byId(this.raft.position().leader);
  }

  /**
   * As far as its leader told this node. Consensus itself tells a member only of what that has acknowledged: one whose words are
   * lost would take itself for up to date for ever (RC-4).
   */
  commitIndex(): number {
    const { commit } = this.raft.position();
    return Math.max(commit, this.#heardOfLeader()?.commit ?? 0);
  }

  sinceLeaderHeardMs(): number | undefined {
    const heard = this.#heardOfLeader();
    return heard === undefined ? undefined : this.clock.monotonicMs() - heard.atMs;
  }

  notServing(): string | undefined {
    const standing = this.standing();
    if (standing === 'joining' || standing === 'outside') return `it is no member of group ${this.group}`;
    if (this.apply.installing) return 'it is taking in a snapshot';
    return this.#led ? undefined : 'it has heard of no leader since it started';
  }

  wake(): void {
    this.#options.wake();
  }

  standing(): Standing {
    const { index, membership } = this.position;
    return this.parts.standingOf({
      ...{ self: this.self.id, membership, appliedIndex: index },
      ...{ registered: this.registered, removedElsewhere: this.removedElsewhere },
    });
  }

  tick(): void {
    this.writes.flush();
    if (this.registered) this.#tickConsensus();
    this.writes.expire();
    this.reads.expire();
    this.msyncs.expire();
    this.#noticeLeaderless();
    this.#purger.tick();
  }

  /**
   * Takes a message from another member; one that cannot be right is dropped.
   *
   * @param commit how far the group had committed when the sender sent it as the leader; 0 of anybody else
   */
  step(from: string, message: Uint8Array, commit: number): void {
    if (!this.registered) return;
    this.writes.flush();
    try {
      this.raft.step(message);
    } catch (error) {
      if (!(error instanceof ConsensusInputError)) throw error;
      this.#options.log.warn('message-dropped', { group: this.group, from, why: error });
      return;
    }
    this.#earlyElection.heard(nodeNumber(this.#options.members.byNode(from)?.id ?? 0));
    if (from === this.leader()?.node) this.#heard = { node: from, atMs: this.clock.monotonicMs(), commit };
  }

  connection(node: Member, is: 'up' | 'down'): void {
    if (is === 'up') this.#earlyElection.connected();
    else this.#earlyElection.disconnected(nodeNumber(node.id), this.raft.position().leader);
  }

  /** False when this replica may not propose now, or an earlier change is not applied yet. */
  proposeMembership(type: 'learner' | 'voter' | 'remove', id: number): boolean {
    this.writes.flush();
    const proposed = this.raft.proposeMembership([{ type, id }]);
    this.wake();
    return proposed;
  }

  transferLeadership(to: number): void {
    this.writes.flush();
    this.raft.transferLeadership(to);
    this.wake();
  }

  /** First part of a turn: gives consensus what has gathered, sends what may leave now, answers what has to be stored. */
  collect(): LogWrite[] {
    this.writes.flush();
    const round = this.#confirmations.nextRound();
    if (round !== undefined) {
      this.counters.read_index_rounds++;
      this.raft.readIndex(readContext(this.self.id, this.#options.incarnation, round));
    }
    const writes: LogWrite[] = [];
    for (let ready = this.raft.ready(); ready !== undefined; ready = this.raft.ready()) {
      this.#take(ready, writes);
    }
    return writes;
  }

  /** Last part of a turn: applies what is committed, in one transaction, and lets everybody know who may be answered now. */
  settle(): void {
    const applied = this.apply.run();
    if (applied.length > 0) this.writes.applied(applied);
    this.#noticeRole();
    if (this.position.index !== this.#readIndex) {
      this.#readIndex = this.position.index;
      this.reads.applied();
    }
    this.reads.answerDue();
    this.#purger.settled(applied.length);
  }

  /** Everything that `collect` answered up to now is on the disk; `count` batches of it were. */
  stored(count: number): void {
    let left = count;
    for (const batch of this.#inFlight) {
      if (left === 0) break;
      if (batch.stored) continue;
      batch.stored = true;
      left--;
    }
    this.#finishStored();
  }

  /** Refuses everything that waits, because the node stops. */
  close(refusal: Refusal): void {
    this.writes.close(refusal);
    this.reads.close(refusal);
    this.msyncs.close(refusal);
  }

  /** The hard state that was not written yet, for a stop in good order. */
  takeUnsynced(): LogWrite[] {
    const hardState = this.#unsyncedHardState;
    this.#unsyncedHardState = undefined;
    return hardState === undefined ? [] : [{ group: this.group, hardState, entries: [] }];
  }

  hasWork(): boolean {
    return this.raft.hasReady() || this.reads.hasDue;
  }

  #tickConsensus(): void {
    this.raft.tick();
    const { voters } = this.position.membership;
    if (this.#earlyElection.tick({ leader: this.raft.position().leader, voters })) this.raft.campaign();
  }

  #take(ready: Ready, writes: LogWrite[]): void {
    this.#send(ready.messages);
    this.apply.add(ready.committed);
    for (const { context, index } of ready.readStates) {
      const round = roundOf(context, this.self.id, this.#options.incarnation);
      if (round !== undefined) this.#confirmations.confirmed(round, index);
    }
    this.counters.log_entries += ready.entries.length;
    this.#unsyncedHardState = ready.hardState ?? this.#unsyncedHardState;
    const batch: InFlight = { ready, stored: false, installed: ready.snapshot === undefined ? 'yes' : 'no' };
    this.#inFlight.push(batch);
    if (ready.mustSync && (ready.hardState !== undefined || ready.entries.length > 0 || ready.snapshot !== undefined)) {
      const { entries, snapshot } = ready;
      writes.push({ group: this.group, hardState: this.#unsyncedHardState, entries, snapshot });
      this.#unsyncedHardState = undefined;
      return;
    }
    batch.stored = true;
    this.#finishStored();
  }

  #finishStored(): void {
    for (let first = this.#inFlight[0]; first?.stored === true; first = this.#inFlight[0]) {
      if (first.installed !== 'yes') {
        if (first.installed === 'no') this.#install(first);
        return;
      }
      this.#inFlight.shift();
      this.raft.persisted(first.ready.token);
      this.#send(first.ready.messagesAfterPersist);
    }
  }

  #send(messages: readonly OutgoingMessage[]): void {
    const { role, commit } = this.raft.position();
    this.#options.send(this.group, role === 'leader' ? messages.map((message) => ({ ...message, commit })) : messages);
  }

  #heardOfLeader() {
    return this.#heard?.node === this.leader()?.node ? this.#heard : undefined;
  }

  /** The log says that the state begins at the snapshot; now the received file takes the state's place. */
  #install(batch: InFlight): void {
    const { snapshot } = batch.ready;
    if (snapshot === undefined) return;
    batch.installed = 'going';
    this.apply.install(snapshot).then(
      () => {
        batch.installed = 'yes';
        this.#options.onInstalled(snapshot);
        this.#finishStored();
        this.wake();
      },
      (error: unknown) => this.#options.onFatal(error),
    );
  }

  /** A change of leaders is waited out; when nobody leads for longer than an election takes to begin, the leader is lost. */
  #noticeLeaderless(): void {
    this.#leaderlessTicks = this.raft.position().leader === 0 ? this.#leaderlessTicks + 1 : 0;
    if (this.#leaderlessTicks === this.configuration.electionTicks) this.#confirmations.fail('leader-lost');
  }

  /** Lets the paths know what this node has become, before they answer anything by what it was. */
  #noticeRole(): void {
    const { role, term, leader } = this.raft.position();
    this.#led ||= leader !== 0;
    const leadingTerm = role === 'leader' ? term : 0;
    const serves = this.notServing() === undefined;
    if (leadingTerm === this.#leadingTerm && serves === this.#served) return;
    if (leadingTerm !== this.#leadingTerm) {
      if (this.#leadingTerm !== 0) {
        this.writes.deposed();
        this.#confirmations.fail('deposed');
      }
      this.#leadingTerm = leadingTerm;
      if (leadingTerm !== 0) this.counters.elections_won++;
      this.#options.log.info(leadingTerm !== 0 ? 'leads' : 'follows', { group: this.group, term });
    }
    this.#served = serves;
    this.reads.reconsider();
  }
}
