/**
 * Replicas of one group with a host that does everything at once and in memory: what a test needs to look at consensus
 * without disks and networks. Withheld steps and lost messages are the test's to choose.
 */
import {
  type LogEntry,
  type Membership,
  type OutgoingMessage,
  type RaftGroup,
  type RaftGroupOptions,
  type ReadState,
  type Ready,
  SNAPSHOT_MESSAGE,
  type SnapshotPoint,
} from '../../raft-group.js';
import { RaftCore } from '../raft-core.js';

export const FOUNDERS: Membership = {
  voters: [1, 2, 3],
  learners: [],
  votersOutgoing: [],
  learnersNext: [],
  autoLeave: false,
};

/** What a replica that was never started is made of. */
export function founding(id: number, membership: Membership = FOUNDERS): RaftGroupOptions {
  return {
    id,
    seed: 7,
    electionTicks: 10,
    heartbeatTicks: 1,
    maxMessageBytes: 64 * 1024,
    maxInflightMessages: 64,
    maxUncommittedBytes: 1024 * 1024,
    hardState: { term: 0, vote: 0, commit: 0 },
    snapshot: { index: 0, term: 0, membership },
    entries: [],
    applied: 0,
  };
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** One replica and what its host holds. */
export class Replica {
  group: RaftGroup;
  /** The host's log store. */
  stored: Pick<RaftGroupOptions, 'hardState' | 'snapshot' | 'entries'>;
  applied: number;
  membership: Membership;
  /** Data of the ordinary entries, in the order in which they were applied. */
  readonly commands: string[] = [];
  readonly reads: ReadState[] = [];
  snapshotsInstalled = 0;

  constructor(
    readonly core: RaftCore,
    readonly options: RaftGroupOptions,
  ) {
    this.group = core.createGroup(options);
    this.stored = options;
    this.applied = options.applied;
    this.membership = options.snapshot.membership;
  }

  get id(): number {
    return this.options.id;
  }

  /** Stores what a batch asks to store. */
  store(ready: Ready): void {
    let { hardState, snapshot, entries } = this.stored;
    hardState = ready.hardState ?? hardState;
    if (ready.snapshot !== undefined) {
      snapshot = ready.snapshot;
      entries = [];
      this.applied = snapshot.index;
      this.membership = snapshot.membership;
      this.snapshotsInstalled++;
    }
    const [first] = ready.entries;
    if (first !== undefined) {
      entries = [...entries.filter(({ index }) => index < first.index), ...ready.entries];
    }
    this.stored = { hardState, snapshot, entries };
  }

  apply(committed: readonly LogEntry[]): void {
    for (const entry of committed) {
      if (entry.index <= this.applied) {
        continue;
      }
      if (entry.type !== 0) {
        this.membership = this.group.applyMembership(entry);
      } else if (entry.data.length > 0) {
        this.commands.push(text(entry.data));
      }
      this.applied = entry.index;
    }
  }

  /** The point at which the state stands now. */
  point(): SnapshotPoint {
    const term = this.stored.entries.find(({ index }) => index === this.applied)?.term ?? this.stored.snapshot.term;
    return { index: this.applied, term, membership: this.membership };
  }

  /** Takes a snapshot here and cuts the log. */
  snapshotAndCompact(): void {
    const snapshot = this.point();
    this.group.snapshotTaken(snapshot);
    this.group.compact(snapshot.index);
    const entries = this.stored.entries.filter(({ index }) => index > snapshot.index);
    this.stored = { ...this.stored, snapshot, entries };
  }

  /** As after a crash: a new group from what was stored. */
  restart(changes: Partial<RaftGroupOptions> = {}): void {
    this.group.close();
    this.group = this.core.createGroup({ ...this.options, ...this.stored, applied: this.applied, ...changes });
  }
}

export class Cluster {
  readonly replicas = new Map<number, Replica>();
  /** Replicas that neither send nor receive. */
  readonly isolated = new Set<number>();
  /** Replicas whose host stands still: they are not ticked, and nothing of theirs is stored, sent or applied. */
  readonly frozen = new Set<number>();
  readonly sent = new Map<number, number>();
  #network: { readonly from: number; readonly message: OutgoingMessage }[] = [];

  constructor(ids: readonly number[], options: Partial<RaftGroupOptions> = {}, core: RaftCore = new RaftCore()) {
    for (const id of ids) {
      this.replicas.set(id, new Replica(core, { ...founding(id), ...options }));
    }
  }

  replica(id: number): Replica {
    const replica = this.replicas.get(id);
    if (replica === undefined) {
      throw new Error(`no replica ${id}`);
    }
    return replica;
  }

  leader(): Replica {
    const leaders = [...this.replicas.values()].filter((replica) => replica.group.position().role === 'leader');
    const [leader] = leaders.sort((a, b) => b.group.position().term - a.group.position().term);
    if (leader === undefined) {
      throw new Error('no leader');
    }
    return leader;
  }

  /** Makes one batch of one replica happen, and answers it. */
  turn(replica: Replica): Ready | undefined {
    const ready = replica.group.ready();
    if (ready === undefined) {
      return undefined;
    }
    this.send(replica.id, ready.messages);
    replica.store(ready);
    replica.group.persisted(ready.token);
    this.send(replica.id, ready.messagesAfterPersist);
    replica.apply(ready.committed);
    const last = ready.committed.at(-1);
    if (last !== undefined) {
      replica.group.applied(last.index);
    }
    replica.reads.push(...ready.readStates);
    return ready;
  }

  send(from: number, messages: readonly OutgoingMessage[]): void {
    for (const message of messages) {
      this.sent.set(message.type, (this.sent.get(message.type) ?? 0) + 1);
      this.#network.push({ from, message });
    }
  }

  /** Delivers what is on its way; false when nothing was. */
  deliver(): boolean {
    const due = this.#network;
    this.#network = [];
    for (const { from, message } of due) {
      const lost = this.isolated.has(from) || this.isolated.has(message.to) || !this.replicas.has(message.to);
      if (!lost) {
        this.replica(message.to).group.step(message.bytes);
      }
      if (message.type === SNAPSHOT_MESSAGE) {
        this.replica(from).group.reportSnapshot(message.to, !lost);
      }
    }
    return due.length > 0;
  }

  /** Runs until nothing happens any more; that it never ends is a failure too. */
  settle(): void {
    for (let round = 0, busy = true; busy; round++) {
      if (round === 1000) {
        throw new Error('the replicas go on for ever');
      }
      busy = false;
      for (const replica of this.running()) {
        while (this.turn(replica) !== undefined) {
          busy = true;
        }
      }
      busy = this.deliver() || busy;
    }
  }

  ticks(count: number): void {
    for (let i = 0; i < count; i++) {
      for (const replica of this.running()) {
        replica.group.tick();
      }
      this.settle();
    }
  }

  running(): Replica[] {
    return [...this.replicas.values()].filter(({ id }) => !this.frozen.has(id));
  }

  /** Has the leader take that many entries, one after the other. */
  propose(count: number, prefix = 'x'): void {
    for (let i = 0; i < count; i++) {
      if (this.leader().group.propose([bytes(`${prefix}${i}`)]) === undefined) {
        throw new Error('the leader refused a proposal');
      }
      this.settle();
    }
  }

  /** Makes that replica leader, where none was heard of lately. */
  elect(id: number): Replica {
    const replica = this.replica(id);
    replica.group.campaign();
    this.settle();
    return replica;
  }
}

/** All batches that a replica has now, none of them stored. */
export function takeAll(replica: Replica): Ready[] {
  const taken: Ready[] = [];
  for (let ready = replica.group.ready(); ready !== undefined; ready = replica.group.ready()) {
    taken.push(ready);
  }
  return taken;
}
