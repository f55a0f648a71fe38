/**
 * One replica of one group with its host: it keeps the order between storing, sending and applying that the contract asks
 * for, with storing and applying taking time. The host bugs that a simulation has to catch are here, each in one place.
 */

import { ConsensusInputError, ConsensusPanicError } from '../../consensus/consensus-errors.js';
import type { RaftCore } from '../../consensus/core/raft-core.js';
import {
  type LogEntry,
  type OutgoingMessage,
  type RaftGroup,
  type Ready,
  SNAPSHOT_MESSAGE,
} from '../../consensus/raft-group.js';
import type { Checks } from './checks.js';
import { SimulatedDisk } from './disk.js';
import { SimulatedState, type State } from './state.js';
import { FOUNDERS, type Surroundings } from './surroundings.js';

const VOTE_ANSWER = 6;
const APPEND_ANSWER = 4;

export class SimulatedReplica {
  disk = emptyDisk();
  state = emptyState();
  readonly counts = { applied: 0, snapshotsInstalled: 0, reads: 0, boots: 0, membershipChanges: 0, readmissions: 0 };
  /** Member id: another one after each admission. */
  id: number;
  /** The disk is gone, and the node is not admitted anew. */
  erased = false;
  #group: RaftGroup | undefined;
  #applying: LogEntry[] = [];
  /** States that came with announcements of snapshots; as files they are synced before the announcement is looked at. */
  readonly #files = new Map<number, State>();
  #snapshots = new Map<number, State>();
  #readFloors = new Map<string, number>();
  #snapshotWanted = false;
  #lastHard = { term: 0, commit: 0 };

  constructor(
    private readonly core: RaftCore,
    readonly node: number,
    readonly group: number,
    private readonly checks: Checks,
    private readonly around: Surroundings,
    private readonly seed: number,
  ) {
    this.id = node;
  }

  /** The replica, where it is up and not poisoned. */
  get raft(): RaftGroup | undefined {
    return this.#group;
  }

  boot(): void {
    const { bug } = this.around;
    if (this.erased && bug !== 'keeps-identity') {
      return;
    }
    this.erased = false;
    if (bug === 'forgets-vote') {
      this.disk.damage((log) => ({ ...log, hardState: { ...log.hardState, vote: 0 } }));
    }
    if (bug === 'forgets-entries') {
      const keep = Math.max(
        this.disk.durable.hardState.commit,
        this.state.live.applied,
        this.disk.durable.snapshot.index,
      );
      this.disk.damage((log) => ({ ...log, entries: log.entries.filter(({ index }) => index <= keep) }));
    }
    const { snapshot, entries, hardState } = this.disk.durable;
    const start = (entries[0]?.index ?? snapshot.index + 1) - 1;
    if (this.state.live.applied < start) {
      this.#install(snapshot.index); // the crash came between the log's write and the exchange of the state
    }
    this.#lastHard = hardState;
    this.counts.boots++;
    this.guarded(() => {
      this.#group = this.core.createGroup({
        id: this.id,
        seed: this.seed + this.counts.boots,
        electionTicks: 10,
        heartbeatTicks: 1,
        maxMessageBytes: 512,
        maxInflightMessages: 8,
        maxUncommittedBytes: 4096,
        maxLogBytes: 8192,
        ...this.disk.durable,
        applied: this.state.live.applied,
      });
      if (this.state.live.applied >= this.disk.durable.snapshot.index && this.state.live.applied > 0) {
        this.#takeSnapshot();
      }
    });
  }

  /** The process is down, and its disk is gone. */
  erase(): void {
    this.disk = emptyDisk();
    this.state = emptyState();
    this.#files.clear();
    this.erased = true;
  }

  /** Admitted under another id: nothing that was sent to the old one reaches it. */
  readmit(id: number): void {
    this.id = id;
    this.erased = false;
    this.counts.readmissions++;
  }

  /** The death of the process, with or without that of the power supply. */
  crash(power: boolean): void {
    this.disk.crash(this.around.random.below(this.disk.queued + 1));
    if (power && !this.erased) {
      this.state.losePower();
    }
    this.#group?.close();
    this.#group = undefined;
    this.#applying = [];
    this.#snapshots = new Map();
    this.#readFloors = new Map();
  }

  /** Runs part of the host; a refusal or a panic of consensus is a violation here, and the replica stands still. */
  guarded<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (error instanceof ConsensusPanicError || error instanceof ConsensusInputError) {
        const kind = error instanceof ConsensusPanicError ? 'panic' : 'refused';
        this.checks.violate(kind, `member ${this.id}: ${error.found}`);
        this.#group?.close();
        this.#group = undefined;
        return undefined;
      }
      throw error;
    }
  }

  /** One loop turn of the host. */
  turn(): void {
    this.disk.advance(this.around.now);
    const group = this.#group;
    if (group === undefined) {
      return;
    }
    do {
      for (let ready = group.ready(); ready !== undefined; ready = group.ready()) {
        this.around.record(this.id, this.group, ready);
        this.#handle(group, ready);
      }
    } while (this.#applySome(group) && this.around.rates.apply === 1);
    const { role, term } = group.position();
    if (role === 'leader') {
      this.checks.leads(this.id, term, this.disk.view);
    }
  }

  receive(message: OutgoingMessage, state: State | undefined): void {
    if (state !== undefined) {
      this.#files.set(state.applied, state);
    }
    this.#group?.step(message.bytes);
  }

  read(): void {
    const context = `${this.around.now}/${this.#readFloors.size}`;
    this.#readFloors.set(context, this.checks.acknowledged);
    this.#group?.readIndex(new TextEncoder().encode(context));
  }

  #handle(group: RaftGroup, ready: Ready): void {
    if (ready.hardState !== undefined) {
      const { term, commit } = ready.hardState;
      if (term < this.#lastHard.term || commit < this.#lastHard.commit) {
        this.checks.violate(
          'went-back',
          `member ${this.id} from ${JSON.stringify(this.#lastHard)} to ${term}, ${commit}`,
        );
      }
      this.#lastHard = { term, commit };
    }
    this.checks.stored(this.id, ready.entries);
    this.#send(ready.messages);
    for (const read of ready.readStates) {
      this.counts.reads++;
      this.checks.reads(this.id, read, this.#readFloors.get(new TextDecoder().decode(read.context)) ?? 0);
    }
    for (const entry of ready.committed) {
      this.checks.commits(this.id, entry, this.#lastHard.term);
      const stored = this.disk.durable.entries.find(({ index }) => index === entry.index);
      if (stored?.term !== entry.term) {
        this.checks.violate('not-stored', `member ${this.id} was given entry ${entry.index} before it had stored it`);
      }
      this.#applying.push(entry);
    }
    this.#store(group, ready);
  }

  #store(group: RaftGroup, ready: Ready): void {
    const { random, rates, now, bug } = this.around;
    const { hardState, snapshot, entries, token } = ready;
    let told = !ready.mustSync;
    if (told || bug === 'reports-before-write') {
      group.persisted(token);
      this.#send(ready.messagesAfterPersist);
      told = true;
    } else if (bug === 'answers-before-write') {
      this.#send(ready.messagesAfterPersist);
    }
    const synced = () => {
      const durable = this.disk.durable.hardState;
      this.checks.voted(this.id, durable.term, durable.vote);
      if (snapshot !== undefined) {
        this.#install(snapshot.index);
      }
      if (!told && this.#group === group) {
        group.persisted(token);
        if (bug !== 'answers-before-write') {
          this.#send(ready.messagesAfterPersist);
        }
      }
    };
    this.disk.write({ hardState, snapshot, entries, synced }, now + random.below(rates.syncSteps + 1));
  }

  #install(index: number): void {
    const state = this.#files.get(index);
    if (state === undefined) {
      throw new Error(`member ${this.id} was told to install a snapshot at ${index} that it did not receive`);
    }
    this.state.install(state);
    this.checks.reaches(this.id, state);
    this.#applying = this.#applying.filter((entry) => entry.index > index);
    this.counts.snapshotsInstalled++;
  }

  #send(messages: readonly OutgoingMessage[]): void {
    const { random, rates } = this.around;
    for (const message of messages) {
      const state = message.snapshotIndex === undefined ? undefined : this.#snapshots.get(message.snapshotIndex);
      if (message.type === SNAPSHOT_MESSAGE && state === undefined) {
        // After a loss of power the point is there and the state behind it is not.
        this.#group?.reportSnapshot(message.to, false);
        this.#snapshotWanted = true;
        continue;
      }
      this.around.send(this.id, this.group, message, state);
      if (message.type === VOTE_ANSWER && random.chance(rates.crashAfterVote)) {
        this.around.crashSoon(this.id);
      } else if (message.type === APPEND_ANSWER && random.chance(rates.crashAfterAnswer)) {
        this.around.crashSoon(this.id);
      }
    }
  }

  /** Applies all, some or none of what was handed out; false for none. */
  #applySome(group: RaftGroup): boolean {
    const { random, rates } = this.around;
    if (this.#applying.length === 0 || !random.chance(rates.apply)) {
      return false;
    }
    const count = rates.apply === 1 ? this.#applying.length : 1 + random.below(this.#applying.length);
    const due = this.#applying.splice(0, count);
    let changed = false;
    for (const entry of due) {
      if (entry.index !== this.state.live.applied + 1) {
        this.checks.violate('gap', `member ${this.id} was given entry ${entry.index} after ${this.state.live.applied}`);
      }
      let { membership } = this.state.live;
      if (entry.type !== 0) {
        membership = group.applyMembership(entry);
        changed = true;
        this.counts.membershipChanges++;
      }
      this.checks.reaches(this.id, this.state.apply(entry, membership));
      this.counts.applied++;
    }
    group.applied(this.state.live.applied);
    const { role, term } = group.position();
    if (role === 'leader' && this.state.live.term === term) {
      this.checks.acknowledged = Math.max(this.checks.acknowledged, this.state.live.applied);
    }
    if (changed || this.#snapshotWanted || random.chance(rates.snapshot)) {
      this.#snapshotWanted = false;
      this.#takeSnapshot();
    }
    return true;
  }

  /** The state is synced apart from the log, so after a loss of power it may be behind the point; the log is cut by the state. */
  #takeSnapshot(): void {
    const { random, rates, now } = this.around;
    const { applied, term, membership } = this.state.live;
    const point = { index: applied, term, membership };
    this.#group?.snapshotTaken(point);
    this.#snapshots.set(applied, this.state.live);
    if (random.chance(0.5)) {
      this.state.sync();
    }
    const index = Math.min(this.state.synced.applied, Math.max(0, applied - random.below(10)));
    const synced = () => {};
    this.disk.write({ entries: [], cut: { point, index }, synced }, now + random.below(rates.syncSteps + 1));
    this.#group?.compact(index);
  }
}

function emptyDisk(): SimulatedDisk {
  return new SimulatedDisk({
    hardState: { term: 0, vote: 0, commit: 0 },
    snapshot: { index: 0, term: 0, membership: FOUNDERS },
    entries: [],
  });
}

function emptyState(): SimulatedState {
  return new SimulatedState({ applied: 0, term: 0, digest: '', membership: FOUNDERS });
}
