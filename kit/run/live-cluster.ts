/**
 * The cluster of a real run: finds the target, starts or connects to it, talks to it with the kit's own clients and lets the
 * doctor look at it. When each of these happens is the session's to decide.
 */
import { createControlClient } from '../control/client.js';
import type { ControlClient } from '../control/control.js';
import { openTarget } from '../targets/open.js';
import type { Target } from '../targets/target.js';
import { type ClosableOmClient, createOmClient } from '../wire/client.js';
import { TranscriptLog } from '../wire/transcript-log.js';
import { type CleanUpContext, type CleanUpReport, removeLeftovers, removeMade, requireClean } from './cleanup.js';
import type { Cluster, ClusterOptions, Link, OpenCluster } from './cluster.js';
import { examine, requireHealthy } from './doctor.js';
import type { DoctorReport } from './doctor-report.js';
import { Ledger, recorded } from './ledger.js';
import { namesOf } from './names.js';

/** @throws UsageError when the target is unknown or its file is wrong */
export async function openLiveCluster(asked: string | Target, options: ClusterOptions): Promise<LiveCluster> {
  const { timeoutFactor } = options;
  const target = typeof asked === 'string' ? await openTarget(asked, { timeoutFactor }) : asked;
  return new LiveCluster(target, options);
}

/**
 * For many runs on one cluster: every run opens the target that the caller has started, puts it back into its first stage,
 * removes at its end what it made, and leaves it running. The caller stops it.
 */
export function reuseStarted(target: Target): (...asked: Parameters<OpenCluster>) => Promise<LiveCluster> {
  return async (_asked, options) => new LiveCluster(target, options, 'stays');
}

/** Whether the target lives as long as the run, or was there before and is there afterwards. */
type Lifetime = 'run' | 'stays';

export class LiveCluster implements Cluster {
  readonly target: Target;
  readonly foreign: boolean;
  readonly #lifetime: Lifetime;
  readonly #clientId: string;
  readonly #transcript = new TranscriptLog();
  readonly #ledger: Ledger;
  #client: ClosableOmClient | undefined;
  #control: ControlClient | undefined;
  #closed = false;

  constructor(target: Target, { runId }: Pick<ClusterOptions, 'runId'>, lifetime: Lifetime = 'run') {
    this.target = target;
    this.#lifetime = lifetime;
    this.foreign = target.kind === 'attach' || lifetime === 'stays';
    this.#clientId = `omc-${runId}`;
    this.#ledger = new Ledger(namesOf(runId).prefix);
  }

  async start(): Promise<void> {
    // The run before may have ended in another stage, or with a node down: a run takes the first stage for granted.
    if (this.#lifetime === 'stays') await this.target.enterStage(this.target.stages[0] ?? 'plain');
    else await this.target.start();
  }

  /** What the doctor found, good or bad. */
  async look(): Promise<DoctorReport> {
    const { nodes, budgets } = this.target;
    const { callMs, clusterStartMs } = budgets;
    this.#control ??= createControlClient({ nodes, callMs, slowCallMs: clusterStartMs, transcript: this.#transcript });
    return await examine(this.target, this.#connected(), this.#control);
  }

  #connected(): ClosableOmClient {
    const { nodes, budgets } = this.target;
    const transcript = this.#transcript;
    this.#client ??= createOmClient({ nodes, callMs: budgets.callMs, clientId: this.#clientId, transcript });
    return this.#client;
  }

  /** Removes what runs left that ended badly. @param runId only this one's */
  async removeLeftovers(runId?: string): Promise<CleanUpReport> {
    return await removeLeftovers(this.#cleanUpContext(), runId);
  }

  #cleanUpContext(): CleanUpContext {
    const { nodes, budgets } = this.target;
    return { client: this.#connected(), nodes: nodes.map(({ id }) => id), budgets };
  }

  async examine(): Promise<Link> {
    const report = await this.look();
    requireHealthy(report);
    const client = this.#client;
    if (client === undefined || this.#closed) throw new Error('the cluster was closed while it was examined');
    return {
      client: recorded(client, this.#ledger),
      control: this.#control,
      transcript: this.#transcript,
      capabilities: new Set(report.capabilities ?? []),
    };
  }

  async cleanUp(): Promise<void> {
    requireClean(await removeMade(this.#cleanUpContext(), this.#ledger));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#client?.close();
    this.#control?.close();
    if (this.#lifetime === 'run') await this.target.stop();
  }
}
