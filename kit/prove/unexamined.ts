/**
 * The cluster of a run that the doctor does not look at: he refuses what is so wrong that nobody should trust a verdict on
 * it, and mutants and null OMs are wrong on purpose. Only `prove` opens clusters in this way; it throws them away afterwards,
 * so nothing is cleaned up.
 */
import { createControlClient } from '../control/client.js';
import { settleCapabilities } from '../run/capabilities.js';
import type { Cluster, Link, OpenCluster } from '../run/cluster.js';
import type { Target } from '../targets/target.js';
import { createOmClient } from '../wire/client.js';
import { TranscriptLog } from '../wire/transcript-log.js';

/** For the option `open` of `runConformance`. */
export function openUnexamined(target: Target): OpenCluster {
  return async (_asked, { runId }) => new UnexaminedCluster(target, `omc-${runId}`);
}

class UnexaminedCluster implements Cluster {
  readonly foreign = false;
  readonly #close: (() => void)[] = [];

  constructor(
    readonly target: Target,
    private readonly clientId: string,
  ) {}

  async start(): Promise<void> {
    await this.target.start();
  }

  async examine(): Promise<Link> {
    const { nodes, budgets } = this.target;
    const { callMs, clusterStartMs } = budgets;
    const transcript = new TranscriptLog();
    const client = createOmClient({ nodes, callMs, clientId: this.clientId, transcript });
    this.#close.push(() => client.close());
    const control = createControlClient({ nodes, callMs, slowCallMs: clusterStartMs, transcript });
    if (control !== undefined) this.#close.push(() => control.close());
    return { client, control, transcript, capabilities: await settleCapabilities(this.target, control) };
  }

  async cleanUp(): Promise<void> {}

  async close(): Promise<void> {
    for (const close of this.#close.splice(0)) close();
    await this.target.stop();
  }
}
