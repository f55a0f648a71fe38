/**
 * The clients that a feature calls by name. Each knows what its own answers have taught it, as a client of follower reads does, and
 * sends that with each of its calls (FR-ROUTE-9); no two share anything.
 */
import type { Taught } from '../assert/id-covers.js';
import { idIn, isDecided } from '../assert/state-id.js';
import type { Outcome } from '../wire/outcome.js';
import { ClientKnowledge } from '../wire/state-id.js';
import type { StateVector } from '../wire/state-vector.js';

interface KnowingClient {
  readonly knowledge: ClientKnowledge;
  readonly calls: Outcome[];
}

export class KnowingClients {
  readonly #clients = new Map<string, KnowingClient>();

  /** What it sends; nothing while it knows nothing. */
  vector(name: string): StateVector {
    return this.#client(name).knowledge.vector;
  }

  /** Throws ConformanceFailure where a node that decided the call has said no id: nothing of what follows could be judged. */
  learn(name: string, outcomes: readonly Outcome[]): void {
    const { knowledge, calls } = this.#client(name);
    for (const outcome of outcomes) {
      calls.push(outcome);
      if (isDecided(outcome)) idIn(outcome);
      knowledge.learn(outcome);
    }
  }

  taught(name: string): Taught {
    const { knowledge, calls } = this.#client(name);
    return { name, vector: knowledge.vector, calls };
  }

  #client(name: string): KnowingClient {
    const known = this.#clients.get(name);
    if (known !== undefined) return known;
    const made = { knowledge: new ClientKnowledge(), calls: [] };
    this.#clients.set(name, made);
    return made;
  }
}
