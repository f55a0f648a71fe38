/**
 * A cluster of containers on this machine's engine, a node in each. The kit starts and ends them, freezes them, and cuts a node
 * off by taking it from the network of the nodes; clients reach each node by a network of its own.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentError, HarnessError } from '../../failure.js';
import type { Capability, Profile, Stage } from '../../run/capability.js';
import type { ConfigurationKeys } from '../../run/stages.js';
import { messageOf } from '../../wire/text.js';
import { budgetsOf, budgetsUnder } from '../budgets.js';
import { readTls } from '../file.js';
import { Guard } from '../guard.js';
import { Hooks } from '../hooks.js';
import { Probe } from '../probe.js';
import type { ContainersFile } from '../schema.js';
import { StageSwitch } from '../stage-switch.js';
import type { Budgets, Identity, LeftoversReport, NodeEndpoint, Target } from '../target.js';
import { ContainerCluster, type Member } from './cluster.js';
import type { ContainerNode } from './container-node.js';
import type { Engine } from './engine.js';
import { removeLeftovers } from './leftovers.js';

export interface ContainersOptions {
  /** Folder of the target file: mounts and TLS files are relative to it, hooks run in it. */
  readonly folder: string;
  /** Multiplies every budget, on top of the file's own factor. */
  readonly timeoutFactor?: number;
  readonly openEngine: () => Promise<Engine>;
}

/** Another program may take a port between our look and the engine's. */
const START_TRIES = 3;
const STOP_GRACE_MS = 10_000;
/** Run with the id of a run when the kit is gone. */
const REMOVER = fileURLToPath(new URL('./main.js', import.meta.url));

interface Running {
  readonly guard: Guard;
  readonly engine: Engine;
  readonly cluster: ContainerCluster;
  readonly probe: Probe;
  readonly stage: StageSwitch;
}

export class ContainersTarget implements Target {
  readonly kind = 'containers';
  readonly identity: Identity;
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  readonly #hooks: Hooks;
  /** Those of the file, whatever the nodes were told. */
  readonly #inFile: Budgets;
  readonly #lacking: Map<Capability, string>;
  #endpoints: readonly NodeEndpoint[] = [];
  #running: Running | undefined;
  #starting: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly file: ContainersFile,
    private readonly options: ContainersOptions,
  ) {
    const timeoutFactor = file.timeoutFactor * (options.timeoutFactor ?? 1);
    this.identity = file.identity;
    this.profiles = file.profiles;
    this.stages = file.stages;
    this.#inFile = budgetsOf(file.budgets, timeoutFactor);
    this.#hooks = new Hooks(file.hooks, { folder: options.folder, timeoutFactor });
    this.#lacking = new Map(this.#hooks.lacking(['configure']));
    if (Object.keys(file.nodes).length === 1) this.#lacking.set('isolate-node', 'there is one node only');
  }

  get budgets(): Budgets {
    return budgetsUnder(this.#inFile, this.#running?.stage.told);
  }

  get nodes(): readonly NodeEndpoint[] {
    return this.#endpoints;
  }

  get capabilities(): ReadonlySet<Capability> {
    const own: readonly Capability[] = ['restart-node', 'kill-node', 'freeze-node', 'isolate-node'];
    return new Set([...this.#hooks.capabilities, ...own.filter((one) => !this.#lacking.has(one))]);
  }

  get lacking(): ReadonlyMap<Capability, string> {
    return this.#lacking;
  }

  async start(): Promise<void> {
    if (this.#starting !== undefined) throw new HarnessError('TARGET_MISUSED', 'the target was started twice');
    this.#starting = this.#start();
    try {
      await this.#starting;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    // What is being made just now has to be there to be removed.
    this.#running?.probe.close();
    await this.#starting?.catch(() => {});
    await this.#remove();
  }

  async enterStage(stage: Stage): Promise<void> {
    const running = this.#started();
    await this.#everyNodeRuns();
    await running.stage.to(stage);
    await running.probe.leaderAccepts();
  }

  async configure(keys: ConfigurationKeys): Promise<void> {
    const { stage, probe } = this.#started();
    await this.#everyNodeRuns();
    await stage.configure(keys);
    await probe.leaderAccepts();
  }

  async killNode(node: string): Promise<void> {
    await this.#nodeOf(node).kill();
  }

  async restartNode(node: string): Promise<void> {
    const found = this.#nodeOf(node);
    if (await found.isRunning()) await found.stop(STOP_GRACE_MS);
    await this.#runNode(found);
  }

  async freezeNode(node: string): Promise<void> {
    await this.#nodeOf(node).freeze();
  }

  async thawNode(node: string): Promise<void> {
    await this.#nodeOf(node).thaw();
  }

  async isolateNode(node: string): Promise<void> {
    await this.#nodeOf(node).isolate();
  }

  async healNode(node: string): Promise<void> {
    await this.#nodeOf(node).heal();
  }

  async removeLeftovers(): Promise<LeftoversReport> {
    return await removeLeftovers(await this.options.openEngine());
  }

  async #start(): Promise<void> {
    const engine = await this.options.openEngine();
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#startOnce(engine);
        return;
      } catch (error) {
        if (attempt === START_TRIES || !(error instanceof EnvironmentError && error.code === 'PORT_TAKEN')) throw error;
        await this.#remove();
      }
    }
  }

  async #startOnce(engine: Engine): Promise<void> {
    this.#proceed();
    const { folder } = this.options;
    const run = randomBytes(4).toString('hex');
    const guard = new Guard();
    guard.runAfter(`'${process.execPath}' '${REMOVER}' ${run}`);
    const cluster = new ContainerCluster(engine, run, this.file, folder);
    try {
      await cluster.create(() => this.#proceed());
    } catch (error) {
      // Where removing fails too, the guard tries again; the first error is the one to tell.
      await cluster.remove().then(
        () => guard.release(),
        () => {},
      );
      throw error;
    }
    this.#endpoints = endpointsOf(cluster.members, this.file, folder);
    const probe = new Probe(this.#endpoints, this.budgets);
    const stage = new StageSwitch(this.stages, this.#hooks, probe, (act) => this.#whileDown(act));
    this.#running = { guard, engine, cluster, probe, stage };
    if (!this.#hooks.has('configure')) await this.#everyNodeRuns();
    await stage.to(this.stages[0] ?? 'plain');
    await this.#everyNodeRuns();
    await this.#tryFreezing();
    await probe.leaderAccepts();
  }

  async #remove(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    running.probe.close();
    if (this.file.logs !== undefined) await running.cluster.saveLogs(resolve(this.options.folder, this.file.logs));
    await running.cluster.remove();
    // Only now: as long as something may be left, the guard has something to do.
    running.guard.release();
    this.#running = undefined;
  }

  /** Not every engine may freeze (one without root, under an old kernel): better to know before the run than in it. */
  async #tryFreezing(): Promise<void> {
    const [node] = [...this.#started().cluster.members.values()].map((member) => member.node);
    if (node === undefined) return;
    try {
      await node.freeze();
    } catch (error) {
      if (!(error instanceof EnvironmentError && error.code === 'ENGINE_REFUSED')) throw error;
      this.#lacking.set('freeze-node', `the container engine does not pause containers: ${messageOf(error)}`);
    } finally {
      await node.thaw();
    }
  }

  /** Starts nodes that are down, wakes frozen ones and reconnects those that were cut off. */
  async #everyNodeRuns(): Promise<void> {
    const nodes = [...this.#started().cluster.members.values()].map((member) => member.node);
    const ready = await Promise.allSettled(
      nodes.map(async (node) => {
        await node.heal();
        if (await node.isRunning()) await node.thaw();
        else await this.#runNode(node);
      }),
    );
    for (const one of ready) if (one.status === 'rejected') throw one.reason;
  }

  async #whileDown(act: () => Promise<void>): Promise<void> {
    const nodes = [...this.#started().cluster.members.values()].map((member) => member.node);
    await Promise.all(
      nodes.map(async (node) => {
        if (await node.isRunning()) await node.stop(STOP_GRACE_MS);
      }),
    );
    await act();
    await this.#everyNodeRuns();
  }

  /** Starts the container and waits until the node answers. */
  async #runNode(node: ContainerNode): Promise<void> {
    const { probe } = this.#started();
    await node.start();
    const asking = new AbortController();
    const answers = probe.nodeAnswers(node.id);
    answers.catch(() => {}); // Seen by the race, unless the container ended first.
    try {
      await Promise.race([answers, node.untilEnded(asking.signal)]);
    } catch (error) {
      if (!(error instanceof EnvironmentError && error.code === 'NODE_UNREACHABLE')) throw error;
      const log = `${error.message}; the end of its log: ${await node.logTail()}`;
      throw new EnvironmentError('NODE_START_FAILED', log, { cause: error });
    } finally {
      asking.abort();
    }
  }

  /** Between the steps of a start: `stop` may have been called meanwhile. */
  #proceed(): void {
    if (this.#stopped) throw new HarnessError('TARGET_MISUSED', 'the target was stopped while it started');
  }

  #started(): Running {
    this.#proceed();
    if (this.#running === undefined) throw new HarnessError('TARGET_MISUSED', 'the target is not started');
    return this.#running;
  }

  #nodeOf(node: string): ContainerNode {
    const member = this.#started().cluster.members.get(node);
    if (member === undefined) throw new HarnessError('UNKNOWN_NODE', `the target has no node "${node}"`);
    return member.node;
  }
}

function endpointsOf(members: ReadonlyMap<string, Member>, file: ContainersFile, folder: string): NodeEndpoint[] {
  const tls = readTls(file.tls, folder);
  return [...members].map(([id, { ports }]) => ({
    id,
    address: `127.0.0.1:${ports.om}`,
    ...(ports.control === undefined ? {} : { control: `127.0.0.1:${ports.control}` }),
    ...(tls === undefined ? {} : { tls }),
  }));
}
