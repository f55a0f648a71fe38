/**
 * A target's own line to its cluster, apart from the run's: to wait for nodes and leaders, and to configure. Its calls are
 * not the run's and stand in no scenario's transcript.
 */
import { createControlClient } from '../control/client.js';
import type { ControlClient } from '../control/control.js';
import { EnvironmentError } from '../failure.js';
import { awaitAnswer, awaitLeader, briefly } from '../run/leader.js';
import { type ClosableOmClient, createOmClient } from '../wire/client.js';
import { echoRead } from '../wire/requests.js';
import { TranscriptLog } from '../wire/transcript-log.js';
import type { Budgets, NodeEndpoint } from './target.js';

/** A node that runs answers a read without data long before this. */
const SILENCE_MS = 500;

export class Probe {
  private readonly client: ClosableOmClient;
  /** Undefined when no node has a control endpoint. */
  readonly control: ControlClient | undefined;
  private readonly ids: readonly string[];

  constructor(
    nodes: readonly NodeEndpoint[],
    private readonly budgets: Budgets,
  ) {
    const transcript = new TranscriptLog();
    const { callMs, clusterStartMs } = budgets;
    this.ids = nodes.map((node) => node.id);
    this.client = createOmClient({ nodes, callMs, clientId: 'om-conformance-target', transcript });
    this.control = createControlClient({ nodes, callMs, slowCallMs: clusterStartMs, transcript });
  }

  /** @throws EnvironmentError NODE_UNREACHABLE */
  async nodeAnswers(node: string): Promise<void> {
    await awaitAnswer(this.client, node, this.budgets.nodeStartMs);
  }

  /**
   * After something that ends or freezes a node.
   *
   * @throws EnvironmentError CAPABILITY_BROKEN where the node still answers
   */
  async nodeIsSilent(node: string, after: string): Promise<void> {
    const outcome = await this.client.call(node, echoRead, { deadlineMs: SILENCE_MS });
    if (outcome.kind === 'unanswered') return;
    throw new EnvironmentError('CAPABILITY_BROKEN', `${node} still answers after ${after}: ${briefly(outcome)}`);
  }

  /** @throws EnvironmentError NO_LEADER */
  async leaderAccepts(): Promise<string> {
    return await awaitLeader(this.client, this.ids, this.budgets.clusterStartMs);
  }

  close(): void {
    this.client.close();
    this.control?.close();
  }
}
