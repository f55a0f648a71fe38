/**
 * One run of a node: opens its data directory, brings its group back, joins the other nodes, serves, and ends in good order.
 * `Configure` ends one run and begins another; what outlives it is in `node.ts`.
 */
import { type OutgoingMessage, SNAPSHOT_MESSAGE, type SnapshotPoint } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import type { StateVector } from '../reads/state-vector.js';
import { ControlRefusal } from '../service/control-port.js';
import { type OmServer, startOmServer } from '../service/om-server.js';
import { DataDirectory } from '../storage/data-directory.js';
import type { Configuration } from './configuration.js';
import type { Counters } from './counters.js';
import { GroupLoop } from './group-loop.js';
import { type Member, Members } from './members.js';
import type { NodeOptions } from './node-options.js';
import { OmDispatch } from './om-dispatch.js';
import { type OpenedGroup, openGroup } from './open-group.js';
import type { PeerNetwork, ReceivedSnapshot } from './peer-port.js';
import { answerStanding, Registration } from './registration.js';
import { Replica } from './replica.js';
import { serviceNodes } from './service-nodes.js';
import { GroupSnapshots } from './snapshots.js';
import type { StandingAnswer } from './standing.js';
import { MAIN, type Taking, takePlace } from './take-place.js';
import { transferLeadership } from './transfer.js';

/** How long calls that are being answered may take when the node stops. */
const STOP_GRACE_MS = 1000;
/** Well above what consensus has under way at one time: beyond it the node ends. */
const MAX_QUEUED_LOG_BYTES = 512 * 1024 * 1024;

export interface RuntimeOptions extends NodeOptions {
  readonly configuration: Configuration;
  readonly counters: Counters;
  /** The cluster has admitted this node, which has not taken part yet, as a new member: it has to be opened as that. */
  readonly onOtherMember: () => void;
}

export class Runtime {
  readonly configuration: Configuration;
  readonly members: Members;
  readonly self: Member;
  readonly replica: Replica;
  readonly snapshots: GroupSnapshots;
  readonly network: PeerNetwork;
  readonly #options: RuntimeOptions;
  readonly #data: DataDirectory;
  readonly #state: OpenedGroup['state'];
  readonly #loop: GroupLoop;
  readonly #dispatch: OmDispatch;
  #server: OmServer | undefined;
  #registration: Registration | undefined;
  #stopping = false;

  private constructor(
    options: RuntimeOptions,
    data: DataDirectory,
    { self, members, registered }: Taking,
    opened: OpenedGroup,
    network: PeerNetwork,
  ) {
    const { clock, configuration, counters, log, parts } = options;
    this.#options = options;
    this.#data = data;
    this.#state = opened.state;
    this.configuration = configuration;
    this.members = members;
    this.self = self;
    this.network = network;
    this.#loop = new GroupLoop({
      clock,
      tickMs: configuration.tickMs,
      log: data.log,
      counters,
      flushMessages: () => network.flush(),
      afterTick: () => this.snapshots.consider(),
      onFatal: (error) => this.#fail(error),
    });
    this.replica = new Replica({
      ...{ group: MAIN, self, members, registered, parts, configuration, clock, counters, log },
      readContext: {
        user: options.processUser,
        services: () => serviceNodes(members.all, this.replica.leader()),
      },
      raft: opened.raft,
      state: opened.state,
      position: opened.position,
      incarnation: options.random(16),
      send: (group, messages) => this.#send(group, messages),
      wake: () => this.#loop.wake(),
      onInstalled: (point) => this.#installed(point),
      onFatal: (error) => this.#fail(error),
    });
    this.snapshots = new GroupSnapshots({
      replica: this.replica,
      logStore: data.log,
      network,
      log,
      pointAtStart: opened.point,
      newest: opened.newestSnapshot,
      onFatal: (error) => this.#fail(error),
    });
    this.#dispatch = new OmDispatch(parts, this.replica, {
      transferLeadership: async (target) => await this.#transfer(target),
    });
  }

  /**
   * @throws ReferenceFailure `USAGE` when the node is not among the named ones; what data directory and listeners throw
   */
  static async start(options: RuntimeOptions): Promise<Runtime> {
    const members = Members.number(options.peers);
    const founder = members.byNode(options.id);
    if (founder === undefined) throw new ReferenceFailure('USAGE', `node ${options.id} is not among the named nodes`);
    const data = await DataDirectory.open({
      directory: options.dataDirectory,
      maxQueuedLogBytes: MAX_QUEUED_LOG_BYTES,
      cluster: options.cluster,
      node: options.id,
    });
    const undo: (() => Promise<void>)[] = [() => data.close()];
    try {
      let runtime: Runtime | undefined;
      const network = await options.newNetwork({
        self: founder,
        members,
        cluster: options.cluster,
        receivingDirectory: data.receivingDirectory,
        log: options.log,
        onMessage: (group, to, from, message, commit) => {
          if (runtime !== undefined && to === runtime.self.id) runtime.#receive(group, from, message, commit);
        },
        onStanding: async (group, from, directory) => {
          if (runtime === undefined) throw new ControlRefusal('not-now', `${options.id} is starting`);
          return await runtime.#standingOf(group, from, directory);
        },
        onSnapshot: async (received) => {
          if (runtime === undefined) throw new ControlRefusal('not-now', `${options.id} is starting`);
          await runtime.#receiveSnapshot(received);
        },
        onUnreachable: (member) => {
          if (runtime !== undefined) runtime.#unreachable(member);
        },
        onConnection: (node, is) => runtime?.replica.connection(node, is),
      });
      undo.push(() => network.close());
      const taking = await takePlace(options, data, members, founder, network);
      const core = options.newCore();
      const opened = await openGroup({
        ...{ group: MAIN, self: taking.self, members, data, configuration: options.configuration },
        seed: Buffer.from(options.random(4)).readUInt32BE(),
        createGroup: (group) => core.createGroup(group),
      });
      runtime = new Runtime(options, data, taking, opened, network);
      const started = runtime;
      undo.push(() => started.#loop.stop());
      undo.push(async () => started.#registration?.stop());
      runtime.#register(taking);
      runtime.#loop.add(runtime.replica);
      await runtime.#serve(options);
      return runtime;
    } catch (error) {
      for (const step of undo.reverse()) await step();
      throw error;
    }
  }

  /** Where the OM service listens. */
  get omAddress(): string {
    return this.#server?.address ?? '';
  }

  /** Has everything be looked at that control calls have changed. */
  wake(): void {
    this.#loop.wake();
  }

  /** Refuses what waits, stores what was taken, and gives ports and directory free. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#registration?.stop();
    this.#dispatch.close();
    await this.#server?.close(STOP_GRACE_MS);
    await this.#loop.stop();
    await this.network.close();
    this.replica.raft.close();
    await this.#data.close();
  }

  #register(taking: Taking): void {
    const { replica } = this;
    const { log, onOtherMember } = this.#options;
    this.#registration = new Registration(taking.asking, {
      registered: taking.registered,
      appliedIndex: () => replica.position.index,
      leaderKnown: () => replica.leader() !== undefined,
      onRegistered: async () => {
        await this.#data.log.assignMember(MAIN, this.self.id);
        replica.registered = true;
        log.info('registered', { group: MAIN, member: this.self.id });
      },
      onRemoved: (removed) => {
        if (removed !== replica.removedElsewhere) log.warn(removed ? 'removed' : 'member-again', { group: MAIN });
        replica.removedElsewhere = removed;
      },
      onOtherMember,
      onFatal: (error) => this.#fail(error),
    });
  }

  async #standingOf(group: string, from: Member, directory: string): Promise<StandingAnswer> {
    if (group !== MAIN) throw new ControlRefusal('not-found', `no group ${group} here`);
    const { index, membership } = this.replica.position;
    const known = { membership, appliedIndex: index, self: this.self.node };
    return await answerStanding(this.#data.log, { node: from, group, directory }, known);
  }

  /**
   * The power is lost: first the disk stands still while the node goes on, as before many a real loss, so that whoever answers
   * before it has synced does so now; then everything ends as it stands, and what was not synced is gone (HA-19).
   */
  async losePower(seed: number, stallMs: number): Promise<void> {
    const { clock } = this.#options;
    this.#data.holdDisk();
    await new Promise<void>((resolve) => clock.after(stallMs, resolve));
    this.#stopping = true;
    this.#registration?.stop();
    this.#loop.abandon();
    await this.network.close();
    await this.#server?.close(0);
    this.replica.raft.close();
    await this.#data.losePower(seed);
  }

  async #serve(options: RuntimeOptions): Promise<void> {
    this.#server = await startOmServer({
      address: options.listen,
      maxMessageBytes: options.configuration.maxMessageBytes,
      nodeId: options.id,
      processUser: options.processUser,
      handler: this.#dispatch,
      followerReads: options.configuration.reads.followerReads
        ? { cluster: options.cluster, stateVector: () => this.#stateVector() }
        : undefined,
      onFault: (error) => this.#fault(error),
    });
  }

  #stateVector(): StateVector {
    const { replica } = this;
    return new Map([[replica.group, BigInt(replica.parts.stateIndex(replica))]]);
  }

  /** A request that could not be handled. What storage or consensus throws is about more than that request. */
  #fault(error: unknown): void {
    if (error instanceof ReferenceFailure) this.#fail(error);
    else this.#options.log.error('fault', { error, stack: error instanceof Error ? error.stack : '' });
  }

  #send(group: string, messages: readonly OutgoingMessage[]): void {
    const ordinary = messages.filter(({ type }) => type !== SNAPSHOT_MESSAGE);
    if (ordinary.length > 0) this.network.send(group, ordinary);
    if (ordinary.length === messages.length) return;
    for (const message of messages) if (message.type === SNAPSHOT_MESSAGE) this.snapshots.send(message);
  }

  #receive(group: string, from: string, message: Uint8Array, commit: number): void {
    if (group !== MAIN) return;
    try {
      this.replica.step(from, message, commit);
    } catch (error) {
      this.#fail(error);
    }
    this.#loop.wake();
  }

  /** Consensus is told of a state only once its file is verified and stands where recovery finds it. */
  async #receiveSnapshot({ group, from, path, index, message }: ReceivedSnapshot): Promise<void> {
    if (group !== MAIN) throw new ControlRefusal('not-found', `no group ${group} here`);
    if (this.replica.apply.paused) throw new ControlRefusal('not-now', 'apply is paused on this node');
    await this.#state.accept(path, index);
    this.#receive(group, from, message, 0);
  }

  #unreachable(member: number): void {
    this.replica.raft.reportUnreachable(member);
  }

  /** What a stop breaks off, a snapshot that is being copied say, fails; the files survive it. */
  #fail(error: unknown): void {
    if (!this.#stopping) this.#options.onFatal(error);
  }

  async #transfer(target: string | undefined): Promise<'done' | { readonly failed: string }> {
    const order = { group: MAIN, target, expectedLeader: undefined, expectedTerm: undefined };
    try {
      await transferLeadership(this, order, this.#options.clock);
      return 'done';
    } catch (error) {
      if (error instanceof ControlRefusal) return { failed: error.message };
      throw error;
    }
  }

  #installed(point: SnapshotPoint): void {
    this.snapshots.installed(point);
    this.#options.log.info('snapshot-installed', { group: MAIN, index: point.index });
  }
}
