/**
 * Three nodes in one process as a target of a run. It configures them through their control service, stops and starts them
 * in good order, and cannot kill them one by one; what needs that runs on the target `reference`, with the program of the mutant.
 */
import { HarnessError, UsageError } from '../failure.js';
import type { Capability, Profile, Stage } from '../run/capability.js';
import { KIT_VERSION } from '../run/package.js';
import { type ConfigurationKeys, STAGE_KEYS, sameKeys } from '../run/stages.js';
import { budgetsUnder } from '../targets/budgets.js';
import { Probe } from '../targets/probe.js';
import type { Budgets, Identity, NodeEndpoint, Target } from '../targets/target.js';
import { ServedCluster } from './served-cluster.js';

/** Shorter than for a user's cluster: a mutant that stands in the way of a budget is judged all the same. */
export const SERVED_BUDGETS: Budgets = {
  callMs: 15_000,
  failoverMs: 2_000,
  nodeStartMs: 30_000,
  clusterStartMs: 30_000,
  writeTimeoutMs: 10_000,
  readTimeoutMs: 10_000,
  waitTimeoutMs: 10_000,
  heartbeatMs: 100,
  factor: 1,
  eventuallyMs: 5_000,
};

/** A cluster whose nodes may crash because they are mutants, which proves nothing. */
export interface ProvedTarget extends Target {
  /** How a node ended, when nobody had asked it to. Kept after `stop`. */
  readonly crash: string | undefined;
  /** Aborted when nothing can come of the run any more. */
  readonly crashed?: AbortSignal;
}

const IDENTITY: Identity = {
  organization: 'om-conformance',
  project: 'om-reference, mutated or not',
  version: KIT_VERSION,
  url: 'README.md',
  contact: 'CONTRIBUTING.md',
};

export class ServedTarget implements ProvedTarget {
  readonly kind = 'served';
  readonly identity = IDENTITY;
  readonly profiles: readonly Profile[] = ['core', 'ha', 'read-consistency', 'follower-reads'];
  readonly stages: readonly Stage[] = ['plain', 'read-consistency', 'follower-reads'];
  /** Its nodes' control service offers what else can be done to them. */
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(['restart-node']);
  #endpoints: readonly NodeEndpoint[] = [];
  #running: { readonly cluster: ServedCluster; readonly probe: Probe } | undefined;
  #keys: ConfigurationKeys = STAGE_KEYS.plain ?? {};
  #stageKeys: ConfigurationKeys = this.#keys;
  #configured = false;
  readonly #ended = new AbortController();
  #crash: string | undefined;

  /**
   * @param dist compiled code, as it was built or with a patch
   * @param mutant id of a policy mutant; undefined: the code as it is
   */
  constructor(
    private readonly dist: string,
    private readonly mutant: string | undefined,
  ) {}

  get budgets(): Budgets {
    return budgetsUnder(SERVED_BUDGETS, this.#keys);
  }

  get nodes(): readonly NodeEndpoint[] {
    return this.#endpoints;
  }

  get crash(): string | undefined {
    return this.#crash ?? this.#running?.cluster.crash;
  }

  get crashed(): AbortSignal {
    return this.#ended.signal;
  }

  async start(): Promise<void> {
    const { cluster, nodes } = await ServedCluster.start(this.dist, this.mutant, this.budgets.nodeStartMs);
    void cluster.exited.then(() => cluster.crash !== undefined && this.#ended.abort());
    this.#endpoints = nodes.map(({ id, om, control }) => ({ id, address: om, control }));
    this.#running = { cluster, probe: new Probe(this.#endpoints, this.budgets) };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#crash = running.cluster.crash;
    this.#running = undefined;
    running.probe.close();
    await running.cluster.stop();
  }

  async restartNode(node: string): Promise<void> {
    if (this.#running === undefined) throw new HarnessError('TARGET_MISUSED', 'the mutant is not started');
    const { cluster, probe } = this.#running;
    await cluster.restart(node, this.#configured ? this.#keys : undefined, this.budgets.nodeStartMs);
    await probe.nodeAnswers(node);
  }

  async enterStage(stage: Stage): Promise<void> {
    const keys = STAGE_KEYS[stage];
    if (keys === undefined) throw new UsageError('STAGE_UNAVAILABLE', `mutants have no stage "${stage}"`);
    await this.#runWith(keys);
    this.#stageKeys = keys;
  }

  async configure(keys: ConfigurationKeys): Promise<void> {
    await this.#runWith({ ...this.#stageKeys, ...keys });
  }

  async #runWith(keys: ConfigurationKeys): Promise<void> {
    if (this.#running === undefined) throw new HarnessError('TARGET_MISUSED', 'the mutant is not started');
    const { probe } = this.#running;
    if (!sameKeys(keys, this.#keys)) {
      await probe.control?.configure(keys);
      this.#keys = keys;
      this.#configured = true;
    }
    await probe.leaderAccepts();
  }
}
