/**
 * What the leader of a group knows of remembered calls: whether one was carried out before, what time a new one gets, and
 * which old ones its entry drops (LE-RETRY-1, LE-RETRY-3, LE-RETRY-4, docs/decisions/0011). The rows are execution's; they are
 * asked only while this node leads and is ready, so that all earlier terms are in them.
 */
import type { CallToRemember } from '../execution/plan.js';
import {
  type CallName,
  expired,
  forgetCall,
  forgetTime,
  newestCallTimeMs,
  oldestCalls,
  otherRequest,
  rememberedAnswer,
  rememberedCall,
} from '../execution/remembered-calls.js';
import type { Answer, Operation } from '../namespace/command.js';
import type { StateView } from '../storage/state-store.js';

/** Old calls that the entry of a new one may drop: more than the one that it adds, so that the memory shrinks after a peak. */
const MAX_FORGOTTEN = 4;

export interface CallMemoryOptions {
  readonly state: StateView;
  readonly expiryMs: number;
  /** Whether a call is being carried out now: its rows are about to be written anew. */
  readonly underWay: (key: Uint8Array) => boolean;
}

export class CallMemory {
  readonly #options: CallMemoryOptions;
  #term = 0;
  /** Time of the newest call that was planned or applied. */
  #newestMs = 0n;
  /** Row of the newest call whose drop was planned: what stands before it is dropped by entries on their way. */
  #forgottenTo: Uint8Array | undefined;

  constructor(options: CallMemoryOptions) {
    this.#options = options;
  }

  /**
   * Time of a call that is planned now in `term`: the wall clock, but never less than that of an earlier one, whichever node
   * planned that. So a leader with a slow clock cannot have a later one forget too early.
   */
  planTimeMs(term: number, wallMs: bigint): bigint {
    this.#enter(term);
    return wallMs > this.#newestMs ? wallMs : this.#newestMs;
  }

  /** What a call that was carried out before is told; undefined when it was not, or is forgotten at `nowMs`. */
  recall(key: Uint8Array, name: CallName, nowMs: bigint): Answer | undefined {
    const { state, expiryMs } = this.#options;
    const call = rememberedCall(state, key);
    if (call === undefined || expired(call.planTimeMs, nowMs, expiryMs)) return undefined;
    return sameRequest(call.requestDigest, name.requestDigest) ? rememberedAnswer(call) : otherRequest(name.callId);
  }

  /** What the entry of a new call says of memory, planned at `nowMs` as `planTimeMs` gave it. */
  entry(key: Uint8Array, name: CallName, nowMs: bigint): CallToRemember {
    this.#newestMs = nowMs;
    const { callId, requestDigest } = name;
    return { callId, requestDigest, forget: this.#forget(key, nowMs) };
  }

  /** A planned entry was not proposed: what it would have dropped has to be dropped by another. */
  unproposed(): void {
    this.#forgottenTo = undefined;
  }

  #enter(term: number): void {
    if (term === this.#term) return;
    this.#term = term;
    this.#newestMs = newestCallTimeMs(this.#options.state);
    this.#forgottenTo = undefined;
  }

  #forget(own: Uint8Array, nowMs: bigint): readonly Operation[] {
    const { state, expiryMs, underWay } = this.#options;
    const operations: Operation[] = [];
    // Forgotten, or it would have been answered from memory: its row is overwritten, its time goes.
    const before = rememberedCall(state, own);
    if (before !== undefined) operations.push(forgetTime(before.planTimeMs, own));
    for (const call of oldestCalls(state, this.#forgottenTo, MAX_FORGOTTEN)) {
      if (!expired(call.planTimeMs, nowMs, expiryMs)) break;
      this.#forgottenTo = call.timeKey;
      if (!underWay(call.key)) operations.push(...forgetCall(call));
    }
    return operations;
  }
}

export function sameRequest(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
