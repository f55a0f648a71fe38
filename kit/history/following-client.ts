/**
 * Which node a client of a workload asks: the same one while it decides calls, else the one that a refusal names, else the next.
 */
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';

/** A client that was refused asks again this much later, so that it does not spin while there is no leader. */
const PAUSE_MS = 10;

export class FollowingClient {
  readonly #nodes: readonly string[];
  #at: number;

  /** @param position of the client among its like: they begin at different nodes */
  constructor(run: RunContext, position: number) {
    this.#nodes = run.target.nodes.map(({ id }) => id);
    this.#at = position % this.#nodes.length;
  }

  /** The node to ask now. */
  get node(): string {
    return this.#nodes[this.#at] ?? '';
  }

  /** Takes in what the node answered: false, after a pause and with another node to ask, where it decided nothing. */
  async decided(outcome: Outcome): Promise<boolean> {
    if (!isRetryable(outcome)) return true;
    const named = outcome.kind === 'refused' ? this.#nodes.indexOf(outcome.suggestedLeader ?? '') : -1;
    this.#at = named < 0 || named === this.#at ? (this.#at + 1) % this.#nodes.length : named;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return false;
  }
}
