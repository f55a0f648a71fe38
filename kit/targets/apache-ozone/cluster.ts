/**
 * One SCM and three OMs in a data folder: initialises, starts, kills and restarts their processes and knows when they
 * serve. It owns no policy of a run: which stage, when to stop and what to keep is the target's or the user's.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../../failure.js';
import type { Stage } from '../../run/capability.js';
import type { ConfigurationKeys } from '../../run/stages.js';
import type { Guard } from '../guard.js';
import type { Budgets } from '../target.js';
import type { ClassArchives } from './class-archives.js';
import { archiveOf, terminateAll } from './ending.js';
import { requireFree } from './free-ports.js';
import type { Release } from './jars.js';
import { type JvmOptions, nodeArguments } from './jvm.js';
import { type Layout, type NodeName, OM_IDS, type OmId, portsOf, SCM } from './layout.js';
import { tailOf } from './log-tail.js';
import { OwnedProcesses } from './owned-processes.js';
import { listens, OzoneProbe } from './probe.js';
import type { Progress } from './progress.js';
import { settledBy } from './settled.js';
import { LOG4J_PROPERTIES, siteKeys, siteXml } from './site.js';
import type { Java } from './toolchain.js';

const POLL_MS = 150;
/** What is seen in /proc is told to us as an event a little later. */
const HOW_MS = 1000;
const ALL: readonly NodeName[] = [SCM, ...OM_IDS];

export interface ClusterSetup {
  /** Absolute, without symbolic links; exists. */
  readonly dataDir: string;
  readonly layout: Layout;
  readonly release: Release;
  readonly java: Java;
  readonly archives: ClassArchives;
  readonly jvm: JvmOptions;
  /** Configuration keys on top of those of a stage. */
  readonly keys: ConfigurationKeys;
  readonly budgets: Pick<Budgets, 'nodeStartMs' | 'clusterStartMs'>;
  readonly progress: Progress;
  readonly env: NodeJS.ProcessEnv;
  /** Ends every wait. */
  readonly signal: AbortSignal;
  /** Ends the servers with this program; without it they live on. */
  readonly guard?: Guard | undefined;
}

export class OzoneCluster {
  readonly processes: OwnedProcesses;
  readonly #setup: ClusterSetup;

  constructor(setup: ClusterSetup) {
    this.#setup = setup;
    this.processes = new OwnedProcesses(setup.dataDir, setup.guard);
  }

  logFile(name: string): string {
    return join(this.#setup.dataDir, 'log', `${name}.log`);
  }

  isRunning(node: NodeName): boolean {
    return this.processes.isRunning(node);
  }

  /**
   * Starts what does not run, initialising what never ran, and waits until the cluster is settled.
   * @returns the leader
   * @throws EnvironmentError PORT_TAKEN, NODE_START_FAILED, NO_LEADER
   */
  async start(stage: Stage): Promise<string> {
    const { dataDir, layout, progress } = this.#setup;
    for (const om of OM_IDS) if (this.isRunning(om)) await this.processes.thaw(om);
    for (const name of ['log', 'tmp']) mkdirSync(join(dataDir, name), { recursive: true });
    writeFileSync(join(dataDir, 'log4j.properties'), LOG4J_PROPERTIES);
    this.#configure(stage);
    const down = ALL.filter((node) => !this.isRunning(node));
    await requireFree(
      portsOf(layout).filter((use) => down.includes(use.node)),
      layout.basePort,
    );
    const endsAtMs = performance.now() + this.#setup.budgets.clusterStartMs;
    if (down.includes(SCM)) {
      await this.#initialise(SCM, endsAtMs);
      await this.#run(SCM);
      await this.#until(endsAtMs, [SCM], 'NODE_START_FAILED', () => listens(layout.scm.block, 'scm'));
      progress('SCM listens');
    }
    const oms = OM_IDS.filter((om) => down.includes(om));
    await Promise.all(oms.map((om) => this.#initialise(om, endsAtMs)));
    for (const om of oms) await this.#run(om);
    return await this.#settled(stage, endsAtMs);
  }

  /**
   * Puts the OMs under the keys of another stage. An OM that is asked to end takes five seconds over it, and what it has
   * acknowledged survives SIGKILL (HA-6).
   * @returns the leader
   */
  async reconfigure(stage: Stage): Promise<string> {
    await this.#endNodes(OM_IDS);
    return await this.start(stage);
  }

  /** SIGKILL; resolves when nothing is left of the process. */
  async kill(om: OmId): Promise<void> {
    await this.processes.kill(om);
  }

  /**
   * Starts an OM, after ending it where it runs; resolves when it serves: it leads, or it follows a leader that it knows
   * and answers the reads of the stage. Where no other OM runs it cannot do either, and any answer will do.
   */
  async restart(om: OmId, stage: Stage): Promise<void> {
    await this.terminate([om]);
    const endsAtMs = performance.now() + this.#setup.budgets.nodeStartMs;
    await this.#run(om);
    await this.#probing(endsAtMs, [SCM, om], 'NODE_START_FAILED', async (probe) => {
      const standing = await probe.write(om);
      if (standing.kind === 'silent') return `${om} does not answer: ${standing.why}`;
      if (standing.kind === 'unsure') {
        return OM_IDS.some((other) => other !== om && this.isRunning(other)) ? `${om}: ${standing.why}` : undefined;
      }
      return stage === 'plain' ? undefined : await probe.read(om);
    });
  }

  /** Asks nodes to end, and ends those that do not. */
  async terminate(nodes: readonly NodeName[] = ALL): Promise<void> {
    await terminateAll(this.processes, nodes, this.#setup.progress);
  }

  /** Ends everything at once, except that a node which has an archive to write is asked to end. */
  async end(): Promise<void> {
    await this.#endNodes(this.processes.names());
  }

  async #endNodes(names: readonly string[]): Promise<void> {
    const writers = names.filter((name) => archiveOf(this.processes, name) !== undefined);
    const others = names.filter((name) => !writers.includes(name));
    await Promise.all(others.map((name) => this.processes.kill(name)));
    await terminateAll(this.processes, writers, this.#setup.progress);
  }

  #configure(stage: Stage): void {
    const { dataDir, layout, keys } = this.#setup;
    writeFileSync(join(dataDir, 'ozone-site.xml'), siteXml(siteKeys(layout, stage, keys)));
  }

  async #initialise(node: NodeName, endsAtMs: number): Promise<void> {
    const { dataDir, progress, signal } = this.#setup;
    const done = join(dataDir, node, 'initialised');
    if (existsSync(done)) return;
    // Half of an initialisation that was interrupted is worth nothing.
    rmSync(join(dataDir, node), { recursive: true, force: true });
    const task = `${node}-init`;
    await this.#spawn(node, task);
    const ended = this.processes.endOf(task);
    let code: number | null | undefined;
    void ended?.then((end) => {
      code = end.code;
    });
    while (code === undefined) {
      if (performance.now() > endsAtMs) throw this.#late('NODE_START_FAILED', `${task} has not ended`);
      await sleep(POLL_MS, undefined, { signal });
    }
    if (code !== 0) throw this.#died(`${task} ended with exit code ${code ?? 'none, by a signal'}`, task);
    await this.processes.kill(task);
    writeFileSync(done, '');
    progress(`${node} initialised`);
  }

  async #run(node: NodeName): Promise<void> {
    await this.#spawn(node, node);
  }

  /** @param task the node's own name, or `<node>-init` */
  async #spawn(node: NodeName, task: string): Promise<void> {
    const { dataDir, java, jvm, release, archives, env, signal } = this.#setup;
    signal.throwIfAborted();
    mkdirSync(join(dataDir, node), { recursive: true });
    const what = task === node ? 'run' : 'init';
    await this.processes.start(task, {
      command: java.path,
      args: nodeArguments(node, dataDir, jvm, archives.forStart(node, what), what),
      env: { ...env, CLASSPATH: release.jars.join(':') },
      cwd: join(dataDir, node),
      logFile: this.logFile(task),
    });
  }

  async #settled(stage: Stage, endsAtMs: number): Promise<string> {
    let leader = '';
    await this.#probing(endsAtMs, ALL, 'NO_LEADER', async (probe) => {
      const verdict = settledBy(await probe.writes(OM_IDS));
      if (!verdict.settled) return verdict.why;
      leader = verdict.leader;
      if (stage === 'plain') return undefined;
      const refusals = await Promise.all(OM_IDS.map((om) => probe.read(om)));
      return refusals.find((why) => why !== undefined);
    });
    this.#setup.progress(`settled, ${leader} leads`);
    return leader;
  }

  async #probing(
    endsAtMs: number,
    nodes: readonly NodeName[],
    code: string,
    condition: (probe: OzoneProbe) => Promise<string | undefined>,
  ): Promise<void> {
    const probe = new OzoneProbe(this.#setup.layout);
    try {
      await this.#until(endsAtMs, nodes, code, () => condition(probe));
    } finally {
      probe.close();
    }
  }

  /**
   * Waits until `condition` has nothing to complain about any more.
   * @param nodes those that have to stay alive meanwhile
   */
  async #until(
    endsAtMs: number,
    nodes: readonly NodeName[],
    code: string,
    condition: () => Promise<string | undefined>,
  ): Promise<void> {
    for (;;) {
      this.#setup.signal.throwIfAborted();
      const dead = nodes.find((node) => !this.isRunning(node));
      if (dead !== undefined) {
        const end = await Promise.race([this.processes.endOf(dead), sleep(HOW_MS)]);
        const how = end === undefined ? '' : ` (${end.signal ?? `exit code ${end.code}`})`;
        throw this.#died(`${dead} ended while the cluster was starting${how}`, dead);
      }
      const why = await condition();
      if (why === undefined) return;
      if (performance.now() > endsAtMs) throw this.#late(code, why);
      await sleep(POLL_MS, undefined, { signal: this.#setup.signal });
    }
  }

  #died(what: string, name: string): EnvironmentError {
    const tail = tailOf(this.logFile(name));
    const code = /address already in use/i.test(tail) ? 'PORT_TAKEN' : 'NODE_START_FAILED';
    return new EnvironmentError(code, `${what}; ${tail}`);
  }

  #late(code: string, what: string): EnvironmentError {
    return new EnvironmentError(
      code,
      `the time budget is used up: ${what} (logs: ${join(this.#setup.dataDir, 'log')})`,
    );
  }
}
