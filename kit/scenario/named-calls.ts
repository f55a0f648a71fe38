/**
 * Calls to which a client gives a name, so that it can send them again without carrying them out again (wire-binding.md §2). It
 * keeps every attempt and judges none.
 */
import type { CallOptions, Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import type { LeaderLine } from './leader-line.js';
import type { Request } from './operation.js';

const PAUSE_MS = 20;

/** One logical call: what it asks for, and how each attempt ended, in the order of their ends. */
export interface NamedCall {
  readonly callId: bigint;
  readonly request: Request & { readonly clientId: string };
  readonly attempts: Outcome[];
}

/** The calls of one client. Nobody else has its client id, so it numbers them as it likes. */
export class NamedCalls {
  readonly #calls = new Map<string, NamedCall>();

  constructor(private readonly clientId: string) {}

  /** The call that a feature names by `word`, made of `request` when it is named for the first time. */
  name(word: string, request: Request): NamedCall {
    const known = this.#calls.get(word);
    if (known !== undefined) return known;
    const callId = BigInt(this.#calls.size + 1);
    const call = { callId, request: { ...request, clientId: this.clientId }, attempts: [] };
    this.#calls.set(word, call);
    return call;
  }

  /** Throws where no step named it before. */
  named(word: string): NamedCall {
    const call = this.#calls.get(word);
    if (call === undefined) throw new Error(`no step of this scenario sent call "${word}"`);
    return call;
  }
}

export function optionsOf({ callId }: NamedCall): CallOptions {
  return { metadata: { 'om-call-id': callId.toString() } };
}

/**
 * Sends the call to whoever leads until somebody decides it, within the failover budget: an attempt that may have happened is
 * sent again, which its name allows. Answers the last outcome.
 */
export async function sendNamed(line: LeaderLine, call: NamedCall): Promise<Outcome> {
  const endsAtMs = performance.now() + line.budgets.failoverMs;
  for (;;) {
    const outcome = await line.send(call.request, optionsOf(call));
    call.attempts.push(outcome);
    if (!isRetryable(outcome) || performance.now() >= endsAtMs) return outcome;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
