/**
 * The target `apache-ozone`: a real Apache Ozone cluster that lives as long as a run. It decides what is started when, what
 * is kept, and what a run may do to a node; how that is done is `cluster.ts`.
 */
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError, HarnessError } from '../../failure.js';
import type { Capability, Profile, Stage } from '../../run/capability.js';
import { budgetsOf, budgetsUnder } from '../budgets.js';
import { Guard } from '../guard.js';
import type { ApacheOzoneFile } from '../schema.js';
import type { Budgets, Identity, NodeEndpoint, Target } from '../target.js';
import { addressOf, OM_IDS, type OmId } from './layout.js';
import { OwnedProcesses } from './owned-processes.js';
import { type Progress, progressOn } from './progress.js';
import { checkFile, type OpenedCluster, openCluster, writeRecord } from './setup.js';
import { sameConfiguration, stageKeys } from './site.js';

/** Another program may take a port between our look and the server's. */
const START_TRIES = 3;

export interface ApacheOzoneOptions {
  /** Multiplies every budget, on top of the file's own factor. */
  readonly timeoutFactor?: number;
  /** Receives what the launcher is doing, without line ends. Default: lines on standard error. */
  readonly progress?: Progress;
  readonly env?: NodeJS.ProcessEnv;
}

export class ApacheOzoneTarget implements Target {
  readonly kind = 'apache-ozone';
  readonly identity: Identity;
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(['restart-node', 'kill-node', 'freeze-node']);
  readonly #file: ApacheOzoneFile;
  /** Those of the file, whatever the nodes were told. */
  readonly #inFile: Budgets;
  readonly #progress: Progress;
  readonly #env: NodeJS.ProcessEnv;
  readonly #ending = new AbortController();
  #starting: Promise<void> | undefined;
  #opened: OpenedCluster | undefined;
  #stage: Stage;
  #dataDir: string | undefined;
  #guard: Guard | undefined;
  /** Something went wrong that the servers' logs may explain. */
  #failed = false;

  /** @throws UsageError for a stage or key that the release does not take */
  constructor(file: ApacheOzoneFile, options: ApacheOzoneOptions = {}) {
    checkFile(file);
    this.#file = file;
    this.#progress = options.progress ?? progressOn();
    this.#env = options.env ?? process.env;
    this.identity = file.identity ?? {
      organization: 'Apache Software Foundation',
      project: 'Apache Ozone',
      version: file.version,
      url: 'https://ozone.apache.org',
      contact: 'dev@ozone.apache.org',
    };
    this.profiles = file.profiles;
    this.stages = file.stages;
    this.#inFile = budgetsOf(file.budgets, file.timeoutFactor * (options.timeoutFactor ?? 1));
    this.#stage = file.stages[0] ?? 'plain';
  }

  get budgets(): Budgets {
    return budgetsUnder(this.#inFile, { ...this.#file.keys, ...stageKeys(this.#stage) });
  }

  get nodes(): readonly NodeEndpoint[] {
    const { layout } = this.#opened ?? {};
    return layout === undefined ? [] : OM_IDS.map((id) => ({ id, address: addressOf(layout, id) }));
  }

  /** Where data and logs of the servers are; undefined before `start`. */
  get dataDir(): string | undefined {
    return this.#dataDir;
  }

  start(): Promise<void> {
    if (this.#starting !== undefined)
      throw new HarnessError('TARGET_MISUSED', 'the target apache-ozone was started twice');
    this.#starting = this.#start();
    return this.#starting;
  }

  async stop(): Promise<void> {
    this.#ending.abort(new EnvironmentError('NODE_START_FAILED', 'the cluster was stopped while it was starting'));
    // Why the start failed was told to whoever asked for it.
    await this.#starting?.catch(() => {});
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened === undefined) return;
    if (this.#file.keep) await opened.cluster.terminate();
    else await opened.cluster.end();
    this.#tidy();
    this.#guard?.release();
  }

  async enterStage(stage: Stage): Promise<void> {
    const { cluster, layout } = this.#cluster();
    if (!this.stages.includes(stage)) {
      throw new HarnessError('STAGE_UNAVAILABLE', `target apache-ozone has no stage "${stage}"`);
    }
    const as = sameConfiguration(stage, this.#stage);
    await this.#watched(async () => {
      if (!as) this.#progress(`restarting the OMs for stage ${stage}`);
      this.#stage = stage;
      writeRecord(cluster.processes.folder, this.#file, layout.basePort, stage);
      await (as ? cluster.start(stage) : cluster.reconfigure(stage));
    });
  }

  async killNode(node: string): Promise<void> {
    await this.#watched(() => this.#cluster().cluster.kill(omOf(node)));
  }

  async restartNode(node: string): Promise<void> {
    await this.#watched(() => this.#cluster().cluster.restart(omOf(node), this.#stage));
  }

  async freezeNode(node: string): Promise<void> {
    await this.#watched(() => this.#cluster().cluster.processes.freeze(omOf(node)));
  }

  async thawNode(node: string): Promise<void> {
    await this.#watched(() => this.#cluster().cluster.processes.thaw(omOf(node)));
  }

  async #start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#startOnce();
        return;
      } catch (cause) {
        if (this.#ending.signal.aborted) throw this.#ending.signal.reason;
        const isClash = cause instanceof EnvironmentError && cause.code === 'PORT_TAKEN';
        if (!isClash || this.#file.basePort !== undefined || attempt === START_TRIES) throw cause;
        this.#progress('another program took one of the ports; trying others');
      }
    }
  }

  /** Leaves nothing running when it fails, also when nobody calls `stop` then. */
  async #startOnce(): Promise<void> {
    const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'om-conformance-ozone-')));
    const guard = new Guard();
    if (!this.#file.keep) guard.removeAfter(dataDir);
    this.#dataDir = dataDir;
    this.#guard = guard;
    try {
      const { version } = this.#file;
      const surroundings = { env: this.#env, progress: this.#progress, signal: this.#ending.signal, guard };
      const opened = await openCluster(this.#file, dataDir, this.budgets, surroundings);
      writeRecord(dataDir, this.#file, opened.layout.basePort, this.#stage);
      this.#progress(`starting Apache Ozone ${version} in ${dataDir}, ports from ${opened.layout.basePort}`);
      await opened.cluster.start(this.#stage);
      this.#opened = opened;
    } catch (cause) {
      const left = new OwnedProcesses(dataDir);
      await Promise.all(left.names().map((name) => left.kill(name)));
      this.#failed = !this.#ending.signal.aborted;
      this.#tidy();
      guard.release();
      throw cause;
    }
  }

  /** After the processes have ended: removes the data folder, but for what may explain a failure. */
  #tidy(): void {
    const dataDir = this.#dataDir;
    if (dataDir === undefined) return;
    this.#dataDir = undefined;
    const hasLogs = existsSync(join(dataDir, 'log')) && readdirSync(join(dataDir, 'log')).length > 0;
    if (this.#file.keep || (this.#failed && hasLogs)) {
      if (!this.#file.keep) {
        for (const entry of readdirSync(dataDir)) {
          if (entry !== 'log') rmSync(join(dataDir, entry), { recursive: true, force: true });
        }
      }
      this.#progress(`kept ${this.#file.keep ? dataDir : join(dataDir, 'log')}`);
    } else {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }

  #cluster(): OpenedCluster {
    if (this.#opened === undefined) throw new HarnessError('TARGET_MISUSED', 'the target apache-ozone is not started');
    return this.#opened;
  }

  /** An action that fails leaves the logs behind. */
  async #watched(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      this.#failed ||= cause instanceof EnvironmentError;
      throw cause;
    }
  }
}

function omOf(node: string): OmId {
  const om = OM_IDS.find((id) => id === node);
  if (om === undefined) throw new HarnessError('UNKNOWN_NODE', `target apache-ozone has no node "${node}"`);
  return om;
}
