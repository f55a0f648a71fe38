/**
 * A run: five nodes with replicas of some groups on simulated disks and networks, clients, faults, and a calm end at which
 * all has to agree. Equal options give equal runs, step by step.
 */
import { createHash, type Hash } from 'node:crypto';
import { RaftCore } from '../../consensus/core/raft-core.js';
import { type OutgoingMessage, type Ready, SNAPSHOT_MESSAGE } from '../../consensus/raft-group.js';
import { Checks, type Violation } from './checks.js';
import { act } from './clients.js';
import { SimulatedNetwork } from './network.js';
import { Random } from './random.js';
import { CALM, drawRates, type Rates } from './rates.js';
import { SimulatedReplica } from './replica.js';
import type { State } from './state.js';
import { GENERATION, type HostBug, NODES, nodeOf, type Surroundings } from './surroundings.js';

const CALM_STEPS = 400;

export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  readonly groups?: number;
  /** Replaces what the seed would draw. */
  readonly rates?: Partial<Rates>;
  readonly bug?: HostBug;
  /** Makes the core of a node; by default all nodes share one. */
  readonly core?: (node: number) => RaftCore;
}

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** SHA-256 over every batch of every replica and every message that was delivered. */
  readonly trace: string;
  readonly counts: Readonly<Record<string, number>>;
}

export class Run implements Surroundings {
  now = 0;
  rates: Rates;
  readonly random: Random;
  readonly bug: HostBug | undefined;
  readonly checks: readonly Checks[];
  readonly replicas: readonly SimulatedReplica[];
  readonly #options: RunOptions;
  readonly #network = new SimulatedNetwork();
  readonly #trace: Hash = createHash('sha256');
  /** Nodes that are down, and when they start again. */
  readonly #down = new Map<number, number>();
  readonly #paused = new Map<number, number>();
  readonly #crashing = new Set<number>();
  #partition = new Set<number>();
  #campaignAt: number | undefined;
  readonly counts = { sent: 0, delivered: 0, lost: 0, crashes: 0, storms: 0, erased: 0, proposals: 0 };

  constructor(options: RunOptions) {
    this.#options = options;
    this.random = new Random(options.seed);
    this.bug = options.bug;
    this.rates = { ...drawRates(this.random), ...options.rates };
    const shared = options.core === undefined ? new RaftCore() : undefined;
    this.checks = Array.from({ length: options.groups ?? 1 }, (_, group) => new Checks(group));
    this.replicas = NODES.flatMap((node) => {
      const core = options.core?.(node) ?? shared ?? new RaftCore();
      return this.checks.map(
        (checks, group) => new SimulatedReplica(core, node, group, checks, this, options.seed * 1000 + group * 100),
      );
    });
  }

  execute(): RunResult {
    for (const replica of this.replicas) {
      replica.boot();
    }
    const { steps } = this.#options;
    for (this.now = 0; this.now < steps; this.now++) {
      if (this.now === steps - CALM_STEPS) {
        this.#calmDown();
      }
      this.#step();
    }
    this.#compare();
    const total = (count: keyof SimulatedReplica['counts']) =>
      this.replicas.reduce((sum, replica) => sum + replica.counts[count], 0);
    for (const replica of this.replicas) {
      replica.raft?.close();
    }
    return {
      seed: this.#options.seed,
      violations: this.checks.flatMap(({ violations }) => violations),
      trace: this.#trace.digest('hex'),
      counts: {
        ...this.counts,
        applied: total('applied'),
        snapshotsInstalled: total('snapshotsInstalled'),
        reads: total('reads'),
        membershipChanges: total('membershipChanges'),
        readmissions: total('readmissions'),
      },
    };
  }

  send(from: number, group: number, message: OutgoingMessage, state: State | undefined): void {
    this.counts.sent++;
    const { random, rates } = this;
    const way = () => 1 + Math.floor(random.next() * random.next() * rates.delaySteps);
    this.#network.post({ from, group, message, state }, this.now + way());
    if (random.chance(rates.duplicate)) {
      this.#network.post({ from, group, message, state }, this.now + way());
    }
  }

  crashSoon(node: number): void {
    this.#crashing.add(node);
  }

  record(node: number, group: number, ready: Ready): void {
    const { token, hardState, entries, committed, messages, messagesAfterPersist, mustSync } = ready;
    this.#trace.update(
      `${this.now} ${node}.${group} ${token} ${mustSync} ${JSON.stringify(hardState)} ${entries.length} ${committed.length}`,
    );
    for (const { bytes } of [...messages, ...messagesAfterPersist]) {
      this.#trace.update(bytes);
    }
  }

  /** Whether that node is running now. */
  runs(node: number): boolean {
    return !this.#down.has(node) && !this.#paused.has(node);
  }

  #step(): void {
    this.#faults();
    for (const replica of this.replicas) {
      if (this.runs(replica.node) && this.random.chance(0.97)) {
        replica.guarded(() => replica.raft?.tick());
      }
    }
    for (const replica of this.replicas) {
      if (this.runs(replica.node)) {
        replica.guarded(() => act(this, replica));
        replica.guarded(() => replica.turn());
      }
    }
    this.#deliver();
    this.#readmit();
  }

  /** An erased replica starts once somebody has applied its admission under another id. */
  #readmit(): void {
    for (const replica of this.replicas) {
      if (!replica.erased || this.#down.has(replica.node)) {
        continue;
      }
      const id = this.memberOf(replica.node, replica.group);
      const { voters, learners } = this.#newest(replica.group).membership;
      if (voters.includes(id) || learners.includes(id)) {
        replica.readmit(id);
        replica.boot();
      }
    }
  }

  memberOf(node: number, group: number): number {
    const replica = this.#of(node)[group];
    return replica === undefined ? node : replica.id + (replica.erased ? GENERATION : 0);
  }

  erased(group: number): readonly number[] {
    return this.replicas.filter((replica) => replica.group === group && replica.erased).map(({ id }) => id);
  }

  /** The state of whoever has applied most. */
  #newest(group: number): State {
    const states = this.replicas.filter((replica) => replica.group === group).map(({ state }) => state.live);
    return states.reduce((newest, state) => (state.applied > newest.applied ? state : newest));
  }

  /** One disk at a time, and only where the other voters of each group are enough and have their memory. */
  #erase(): void {
    const node = this.random.pick(NODES);
    const survives = this.checks.every((_, group) => {
      const { voters, votersOutgoing } = this.#newest(group).membership;
      return (
        this.erased(group).length === 0 &&
        votersOutgoing.length === 0 &&
        voters.length >= 3 &&
        voters.every((id) => id === this.memberOf(nodeOf(id), group))
      );
    });
    if (!survives) {
      return;
    }
    this.#crash(node, true, this.random.below(40));
    this.counts.erased++;
    for (const replica of this.#of(node)) {
      replica.erase();
    }
  }

  #faults(): void {
    const { random, rates, now } = this;
    if (random.chance(rates.partition)) {
      this.#partition = new Set(NODES.filter(() => random.chance(0.4)));
    } else if (random.chance(rates.heal)) {
      this.#partition.clear();
    }
    if (random.chance(rates.pause)) {
      this.#paused.set(random.pick(NODES), now + random.below(40));
    }
    if (random.chance(rates.storm)) {
      this.counts.storms++;
      for (const node of NODES) {
        this.#crash(node, true, 0);
      }
      this.#campaignAt = now + 2;
    }
    for (const node of this.#crashing) {
      this.#crash(node, random.chance(0.5), 0);
    }
    this.#crashing.clear();
    if (random.chance(rates.crash)) {
      this.#crash(random.pick(NODES), random.chance(0.5), random.below(40));
    }
    if (random.chance(rates.erase)) {
      this.#erase();
    }
    for (const [waiting, until] of [...this.#down, ...this.#paused]) {
      if (until <= now) {
        this.#resume(waiting);
      }
    }
    if (this.#campaignAt === now) {
      this.#campaign();
    }
  }

  /** Two at once: the surest way to split votes. */
  #campaign(): void {
    const first = this.random.pick(NODES);
    const second = this.random.pick(NODES);
    for (const replica of this.replicas) {
      if (this.runs(replica.node) && (replica.node === first || replica.node === second)) {
        replica.guarded(() => replica.raft?.campaign());
      }
    }
  }

  #crash(node: number, power: boolean, forSteps: number): void {
    if (this.#down.has(node)) {
      return;
    }
    this.counts.crashes++;
    this.#trace.update(`${this.now} crash ${node}`);
    for (const replica of this.#of(node)) {
      replica.crash(power);
    }
    this.#paused.delete(node);
    this.#down.set(node, this.now + forSteps);
  }

  #resume(node: number): void {
    this.#paused.delete(node);
    if (this.#down.delete(node)) {
      for (const replica of this.#of(node)) {
        replica.boot();
      }
    }
  }

  #deliver(): void {
    for (const { from, group, message, state } of this.#network.take(this.now)) {
      const to = nodeOf(message.to);
      const cut = this.#partition.has(nodeOf(from)) !== this.#partition.has(to);
      if (!cut && this.#paused.has(to)) {
        this.#network.post({ from, group, message, state }, this.now + 1);
        continue;
      }
      const receiver = this.#of(to)[group];
      const sender = this.#of(nodeOf(from))[group];
      const gone = this.#down.has(to) || receiver?.id !== message.to || receiver.erased;
      const lost = cut || gone || this.random.chance(this.rates.drop);
      if (lost) {
        this.counts.lost++;
      } else {
        this.counts.delivered++;
        this.#trace.update(`${this.now} ${from}>${message.to}.${group}`).update(message.bytes);
        receiver?.guarded(() => receiver.receive(message, state));
      }
      if (message.type === SNAPSHOT_MESSAGE) {
        sender?.guarded(() => sender.raft?.reportSnapshot(message.to, !lost));
      } else if (lost && this.random.chance(0.2)) {
        sender?.guarded(() => sender.raft?.reportUnreachable(message.to));
      }
    }
  }

  #calmDown(): void {
    this.rates = CALM;
    this.#partition.clear();
    this.#crashing.clear();
    for (const node of [...this.#down.keys(), ...this.#paused.keys()]) {
      this.#resume(node);
    }
  }

  /** At the end every member of the group has what its leader has. */
  #compare(): void {
    this.checks.forEach((checks, group) => {
      const replicas = this.replicas.filter((replica) => replica.group === group);
      const leader = replicas.find((replica) => replica.guarded(() => replica.raft?.position().role) === 'leader');
      if (leader === undefined) {
        checks.violate('no-convergence', 'there is no leader at the end');
        return;
      }
      const { applied, membership } = leader.state.live;
      const { votersOutgoing, learnersNext, voters, learners } = membership;
      if (votersOutgoing.length + learnersNext.length > 0) {
        checks.violate('no-convergence', 'a joint membership was not left');
      }
      for (const id of [...voters, ...learners]) {
        const at = replicas.find((replica) => replica.id === id)?.state.live.applied ?? 0;
        if (at < applied - 20) {
          checks.violate('no-convergence', `member ${id} has applied ${at} at the end, leader ${leader.id} ${applied}`);
        }
      }
    });
  }

  #of(node: number): readonly SimulatedReplica[] {
    return this.replicas.filter((replica) => replica.node === node);
  }
}
