/**
 * A run's visit to the cluster: it arrives, changes the stage when a scenario needs another one, and leaves. It decides the
 * manners of that; what a cluster is and how it starts belongs to `cluster.ts` and the targets.
 */
import type { Stage } from './capability.js';
import type { Cluster, Link } from './cluster.js';
import { type RunContext, setCurrentRun } from './context.js';
import { namesOf } from './names.js';
import type { RunRequest } from './request.js';

export class ClusterVisit {
  readonly cluster: Cluster;
  readonly #request: RunRequest;
  #link: Link | undefined;
  #stage: Stage;
  #stageFailure: { readonly stage: Stage; readonly error: unknown } | undefined;
  /** Milliseconds. */
  readonly timings = { open: 0, doctor: 0 };

  constructor(cluster: Cluster, request: RunRequest) {
    this.cluster = cluster;
    this.#request = request;
    this.#stage = cluster.target.stages[0] ?? 'plain';
  }

  /** Undefined until `arrive` is done. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Starts or connects, examines, and opens the run's context to the steps. Throws EnvironmentError. */
  async arrive(phase: (text: string) => void): Promise<Link> {
    const { clock } = this.#request;
    const { kind } = this.cluster.target;
    const beganMs = clock.monotonicMs();
    phase(this.cluster.foreign ? `connecting to target ${kind}` : `starting target ${kind}`);
    await this.cluster.start();
    this.timings.open = clock.monotonicMs() - beganMs;
    phase('examining the cluster');
    const link = await this.cluster.examine();
    this.#link = link;
    this.timings.doctor = clock.monotonicMs() - beganMs - this.timings.open;
    setCurrentRun(this.#context(link));
    return link;
  }

  #context(link: Link): RunContext {
    const stage = () => this.#stage;
    return {
      runId: this.#request.runId,
      seed: this.#request.seed,
      target: this.cluster.target,
      client: link.client,
      control: link.control,
      capabilities: link.capabilities,
      transcript: link.transcript,
      names: namesOf(this.#request.runId),
      get stage() {
        return stage();
      },
    };
  }

  /** Puts the cluster in a stage. Throws EnvironmentError, at once when the same stage failed before. */
  async enterStage(stage: Stage): Promise<void> {
    if (stage === this.#stage) return;
    if (this.#stageFailure?.stage === stage) throw this.#stageFailure.error;
    try {
      await this.cluster.target.enterStage(stage);
      this.#stage = stage;
    } catch (error) {
      // Every scenario of the stage would wait as long for the same failure.
      this.#stageFailure = { stage, error };
      throw error;
    }
  }

  /** Removes what the run made from a cluster that stays, and stops one that does not. Answers what was thrown. */
  async leave(): Promise<unknown[]> {
    setCurrentRun(undefined);
    const thrown: unknown[] = [];
    if (this.#link !== undefined && this.cluster.foreign && !this.#request.keep) {
      await this.cluster.cleanUp().catch((error: unknown) => thrown.push(error));
    }
    await this.cluster.close().catch((error: unknown) => thrown.push(error));
    return thrown;
  }
}
