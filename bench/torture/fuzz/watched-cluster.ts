/**
 * A cluster as the fuzz watches it: who leads, what a plot shows there, and which nodes go on. Whether that is as it should be is
 * for others.
 */
import { EnvironmentError } from '../../../kit/failure.js';
import { accepted, awaitLeader, briefly } from '../../../kit/run/leader.js';
import type { Request } from '../../../kit/scenario/operation.js';
import type { Target } from '../../../kit/targets/target.js';
import { type ClosableOmClient, createOmClient } from '../../../kit/wire/client.js';
import type { Outcome } from '../../../kit/wire/outcome.js';
import { echoRead } from '../../../kit/wire/requests.js';
import { isElsewhere } from './end.js';
import { type Look, lookOf } from './look.js';
import { CLIENT, type Plot } from './plot.js';

/** A read is sent again, to the leader that was found, at most this often. */
const MAX_TRIES = 20;

export interface Seen {
  readonly look: Look;
  /** How often a leader had been looked for until then. */
  readonly leadership: number;
}

export class WatchedCluster {
  readonly nodes: readonly string[];
  readonly #target: Target;
  readonly #client: ClosableOmClient;
  #leader = '';
  #leadership = 0;
  #seeking: Promise<void> | undefined;

  /** @param target started */
  constructor(target: Target) {
    const { nodes, budgets } = target;
    this.#target = target;
    this.nodes = nodes.map(({ id }) => id);
    this.#client = createOmClient({ nodes, callMs: budgets.callMs, clientId: CLIENT, transcript: undefined });
  }

  close(): void {
    this.#client.close();
  }

  /** Who led when it was last looked for. */
  get leader(): string {
    return this.#leader;
  }

  /** Finds the leader; those who miss it at the same time look for it together. @throws EnvironmentError NO_LEADER */
  async seek(): Promise<void> {
    this.#seeking ??= this.#found().finally(() => {
      this.#seeking = undefined;
    });
    await this.#seeking;
  }

  async #found(): Promise<void> {
    this.#leader = await awaitLeader(this.#client, this.nodes, this.#target.budgets.clusterStartMs);
    this.#leadership += 1;
  }

  /** A whole request to the leader. */
  ask(request: Request, connection: string): Promise<Outcome> {
    return this.#client.call(this.#leader, request, { connection });
  }

  /** Bytes that need not be a request. */
  send(node: string, message: Uint8Array, connection: string): Promise<Outcome> {
    // They go in the place of a request, which the client has to be given all the same.
    return this.#client.call(node, echoRead, { message, connection });
  }

  /** The plot's reads at the leader. @throws EnvironmentError NO_LEADER, NOT_SETTLED */
  async look(plot: Plot, connection: string): Promise<Seen> {
    let outcomes: readonly Outcome[] = [];
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const leadership = this.#leadership;
      outcomes = await Promise.all(plot.looks().map((request) => this.ask(request, connection)));
      if (!outcomes.some(isElsewhere)) return { look: lookOf(outcomes), leadership };
      await this.seek();
    }
    const words = outcomes.map(briefly).join('; ');
    throw new EnvironmentError('NOT_SETTLED', `${this.#leader} accepts writes, and its reads end with ${words}`);
  }

  /** What a node says on a connection that no message was sent on; undefined where it goes on. */
  async trouble(node: string): Promise<string | undefined> {
    const outcome = await this.#client.call(node, echoRead);
    return accepted(outcome) ? undefined : briefly(outcome);
  }

  /** Kills all nodes and starts them again. Answers whether the target can. */
  async restart(): Promise<boolean> {
    const { killNode, restartNode } = this.#target;
    if (killNode === undefined || restartNode === undefined) return false;
    await Promise.all(this.nodes.map((id) => killNode.call(this.#target, id)));
    await Promise.all(this.nodes.map((id) => restartNode.call(this.#target, id)));
    await this.seek();
    return true;
  }
}
