/**
 * When a client of follower reads has to msync before a read (wire-binding.md §6), as the kit's own client of a workload plays it.
 * Pure: it is told what calls came to, and sends none.
 */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { ClientKnowledge, msyncedIn } from '../wire/state-id.js';
import type { StateVector } from '../wire/state-vector.js';

/** `off`: once, before the first read. Else before each read that began later than the threshold after the last confirmed request. */
export type AutoMsyncSetting = 'off' | { readonly thresholdMs: number };

export class AutoMsync {
  readonly #knowledge = new ClientKnowledge();
  /** When the last request left whose answer says how far the cluster had come by then. */
  #confirmedMs: number | undefined;

  constructor(private readonly setting: AutoMsyncSetting) {}

  /** What the client sends with each call. */
  get vector(): StateVector {
    return this.#knowledge.vector;
  }

  /** Whether a read that began then has to wait for an Msync (FR-AUTO-1 to -4). */
  isDue(beganAtMs: number): boolean {
    if (this.#confirmedMs === undefined) return true;
    return this.setting !== 'off' && this.#confirmedMs < beganAtMs - this.setting.thresholdMs;
  }

  /** Whether a request that left since then was confirmed. */
  isConfirmedSince(ms: number): boolean {
    return this.#confirmedMs !== undefined && this.#confirmedMs >= ms;
  }

  /** Confirmed are an OK Msync and an OK write; errors and reads confirm nothing. */
  learn(asked: 'msync' | 'write' | 'read', outcome: Outcome): void {
    const { cluster } = this.#knowledge;
    const taught = this.#knowledge.learn(outcome).kind === 'vector';
    // What was confirmed was said of other data.
    if (cluster !== this.#knowledge.cluster && cluster !== undefined) this.#confirmedMs = undefined;
    if (taught && confirms(asked, outcome)) this.#confirmedMs = Math.max(outcome.sentAtMs, this.#confirmedMs ?? 0);
  }
}

function confirms(asked: 'msync' | 'write' | 'read', outcome: Outcome): boolean {
  switch (asked) {
    case 'msync':
      return msyncedIn(outcome).kind === 'vector';
    case 'write':
      return outcome.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.OK;
    case 'read':
      return false;
  }
}
