/**
 * A node as the command line and tests hold it: its present run, and the control door, which outlives the runs that
 * `Configure` ends and begins (harness-contracts.md §2).
 */
import { rmSync } from 'node:fs';
import { ReferenceFailure } from '../errors.js';
import {
  type ChangeOrder,
  type ClockJump,
  type ControlledNode,
  ControlRefusal,
  type Direction,
  type GroupState,
  type MembershipState,
  type TransferOrder,
} from '../service/control-port.js';
import { type ControlServer, startControlServer } from '../service/control-service.js';
import { changeMembership } from './change-membership.js';
import { clusterAfter, readCluster, writeCluster } from './cluster-file.js';
import { ConfigurationError, parseConfiguration } from './configuration.js';
import { readConfigured, writeConfigured } from './configuration-file.js';
import { type Counters, newCounters } from './counters.js';
import { groupStates } from './group-state.js';
import { JumpingClock } from './jumping-clock.js';
import { hostOf } from './members.js';
import type { NodeOptions } from './node-options.js';
import { Runtime } from './runtime.js';
import { transferLeadership } from './transfer.js';

/** How long a disk stands still before its power is lost. */
const STALL_MS = 300;

export interface NodeAddresses {
  readonly om: string;
  readonly peer: string;
  readonly control: string | undefined;
}

export class Node implements ControlledNode {
  readonly node: string;
  readonly #options: NodeOptions;
  readonly #clock: JumpingClock;
  readonly #counters: Counters = newCounters();
  #runtime: Runtime | undefined;
  #control: ControlServer | undefined;
  /** Runs begin and end one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;

  private constructor(options: NodeOptions) {
    this.#options = options;
    this.#clock = new JumpingClock(options.clock);
    this.node = options.id;
  }

  /**
   * Starts a node; resolves once it serves. @throws ConfigurationError; ReferenceFailure: what data directory, listeners and
   * consensus throw, `CONFIGURATION_FILE_DAMAGED`, `MEMBER_CHANGED`, `ADDRESS_UNUSABLE` for a control address off loopback,
   * unless that was allowed.
   */
  static async start(options: NodeOptions): Promise<Node> {
    parseConfiguration(options.settings);
    if (options.control !== undefined && options.controlBeyondLoopback !== true) refuseOffLoopback(options.control);
    const node = new Node(options);
    await node.#begin(options.listen);
    if (options.control !== undefined) {
      try {
        node.#control = await startControlServer(options.control, node);
      } catch (error) {
        await node.stop();
        throw error;
      }
      const note =
        options.controlBeyondLoopback === true ? 'whoever reaches it commands this node' : 'test builds only';
      options.log.warn('control-door-open', { address: node.#control.address, note });
    }
    return node;
  }

  get addresses(): NodeAddresses {
    const runtime = this.#running();
    return { om: runtime.omAddress, peer: runtime.self.address, control: this.#control?.address };
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#inTurn(async () => {
      await this.#runtime?.stop();
      this.#runtime = undefined;
    });
    await this.#control?.close();
    this.#options.log.info('stopped');
  }

  status(): readonly GroupState[] {
    return groupStates(this.#running());
  }

  counters(): ReadonlyMap<string, number> {
    const { replica, network } = this.#running();
    return new Map(
      Object.entries({
        ...Object.fromEntries(network.counters()),
        ...this.#counters,
        waiting_reads: replica.reads.waiting,
        open_writes: replica.writes.open,
        // Of later steps: nothing of the kind can have happened yet.
        deleted_versions: 0,
      }),
    );
  }

  pauseApply(group: string): void {
    this.#group(group).replica.apply.pause();
    this.#options.log.warn('apply-paused', { group });
  }

  resumeApply(group: string): void {
    const { replica } = this.#group(group);
    replica.apply.resume();
    replica.wake();
    this.#options.log.info('apply-resumed', { group });
  }

  isolate(from: readonly string[], direction: Direction): void {
    const { members, network, self } = this.#running();
    for (const node of from) {
      const named = members.byNode(node);
      if (named === undefined || named.id === self.id)
        throw new ControlRefusal('not-found', `there is no other node "${node}"`);
    }
    network.isolate(from, direction);
    this.#options.log.warn('isolated', { from: from.join(',') || 'all', direction });
  }

  heal(): void {
    this.#running().network.heal();
    this.#options.log.info('healed');
  }

  async transferLeadership(order: TransferOrder): Promise<void> {
    const runtime = this.#group(order.group);
    await transferLeadership(runtime, order, this.#clock);
    this.#counters.transfers++;
  }

  async changeMembership(order: ChangeOrder): Promise<MembershipState> {
    const state = await changeMembership(this.#group(order.group), order, this.#clock);
    this.#options.log.warn('membership', {
      ...order,
      voters: state.voters.join(','),
      learners: state.learners.join(','),
    });
    return state;
  }

  async dropReplica(group: string | undefined): Promise<string> {
    const { dataDirectory, log } = this.#options;
    if (group !== undefined) this.#group(group);
    // With one group its replica is all that the directory holds. Which cluster the node is to come back to is no part of that.
    await this.#inTurn(async () => {
      const cluster = readCluster(dataDirectory);
      await this.#runtime?.stop();
      this.#runtime = undefined;
      rmSync(dataDirectory, { recursive: true, force: true });
      if (cluster !== undefined) writeCluster(dataDirectory, cluster);
    });
    log.warn('replica-dropped', { directory: dataDirectory });
    return dataDirectory;
  }

  async powerLoss(seed: number): Promise<void> {
    await this.#inTurn(async () => {
      await this.#runtime?.losePower(seed, STALL_MS);
      this.#runtime = undefined;
    });
    this.#options.log.warn('power-lost', { seed });
  }

  async reformat(): Promise<string> {
    const { dataDirectory, log } = this.#options;
    const cluster = clusterAfter(this.#cluster());
    const configured = readConfigured(dataDirectory);
    await this.#inTurn(async () => {
      await this.#anew(() => {
        rmSync(dataDirectory, { recursive: true, force: true });
        writeCluster(dataDirectory, cluster);
        if (configured !== undefined) writeConfigured(dataDirectory, configured);
      });
    });
    log.warn('reformatted', { cluster });
    return cluster;
  }

  jumpClock({ wallMs, monotonicMs }: ClockJump): void {
    if (monotonicMs < 0) throw new ControlRefusal('invalid', 'a monotonic clock does not go back');
    this.#clock.jump(wallMs, monotonicMs);
    this.#options.log.warn('clock-jumped', { wallMs: String(wallMs), monotonicMs });
  }

  async snapshot(group: string): Promise<number> {
    return await this.#group(group).snapshots.take();
  }

  async configure(values: Readonly<Record<string, string>>): Promise<void> {
    try {
      parseConfiguration(values);
    } catch (error) {
      if (error instanceof ConfigurationError) throw new ControlRefusal('invalid', error.message);
      throw error;
    }
    await this.#inTurn(async () => {
      await this.#anew(() => writeConfigured(this.#options.dataDirectory, values));
      this.#options.log.info('configured', values);
    });
  }

  /** Ends the present run and begins another, with something done between. */
  async #anew(between: () => void): Promise<void> {
    const runtime = this.#running();
    this.#runtime = undefined;
    try {
      await runtime.stop();
      between();
      // On the port it had, also where that was any.
      await this.#begin(runtime.omAddress);
    } catch (error) {
      this.#options.onFatal(error);
      throw error;
    }
  }

  #cluster(): string {
    return readCluster(this.#options.dataDirectory) ?? this.#options.cluster;
  }

  /** Opens the node anew, as the member that it has become. */
  #reopen(): void {
    void this.#inTurn(async () => {
      const runtime = this.#runtime;
      if (runtime === undefined) return;
      try {
        await runtime.stop();
        await this.#begin(runtime.omAddress);
      } catch (error) {
        this.#options.onFatal(error);
      }
    });
  }

  async #begin(listen: string): Promise<void> {
    const { dataDirectory, settings, log } = this.#options;
    const cluster = this.#cluster();
    const configured = readConfigured(dataDirectory);
    if (configured !== undefined && !sameValues(configured, settings)) {
      log.warn('configured-before', { note: 'settings of the command line do not count', ...configured });
    }
    this.#runtime = await Runtime.start({
      ...this.#options,
      ...{ cluster, clock: this.#clock, listen },
      configuration: parseConfiguration(configured ?? settings),
      counters: this.#counters,
      onOtherMember: () => this.#reopen(),
    });
    const { omAddress, self } = this.#runtime;
    log.info('serves', { om: omAddress, peer: self.address, cluster });
  }

  #group(group: string): Runtime {
    const runtime = this.#running();
    if (group !== runtime.replica.group) throw new ControlRefusal('not-found', `there is no group "${group}"`);
    return runtime;
  }

  #running(): Runtime {
    if (this.#runtime === undefined) throw new ControlRefusal('not-now', `${this.node} is down, or being restarted`);
    return this.#runtime;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function sameValues(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => a[key] === b[key]);
}

/** The door obeys anybody who reaches it, so nobody from outside may (design §4.17). */
function refuseOffLoopback(address: string): void {
  const host = hostOf(address);
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return;
  throw new ReferenceFailure(
    'ADDRESS_UNUSABLE',
    `the control service binds to loopback only, not to ${address} (without --control-beyond-loopback)`,
  );
}
