/**
 * Judges histories by less than linearizability: reads may be behind, and only as far as a guarantee lets them. Writes always have the
 * order of real time, so that one order of them explains what every client saw.
 */
import { type History, type HistoryCall, isRead } from '../call.js';
import { partition } from './partition.js';
import { type Bounds, callsThatCount, realTime, searchFor, Whole } from './prepare.js';

export type Guarantee =
  /** A client's reads show what it wrote before. */
  | { readonly kind: 'read your writes' }
  /** A client's reads never go back behind what it saw before. */
  | { readonly kind: 'monotonic reads' }
  /** Both: what a client sees is a walk through the order of writes, in the order of its calls. */
  | { readonly kind: 'sequential per client' }
  /** A read shows nothing older than what held so long before it began. */
  | { readonly kind: 'bounded staleness'; readonly maxMs: number };

export type GuaranteeVerdict = 'kept' | 'broken' | 'unknown';

const MAX_STEPS = 20_000_000;

export function checkGuarantee(history: History, guarantee: Guarantee, maxSteps = MAX_STEPS): GuaranteeVerdict {
  const calls = callsThatCount(history.calls);
  // What one client saw of two keys is about both: only a bound on time can be judged one place at a time.
  const parts = guarantee.kind === 'bounded staleness' ? partition(history, calls) : [calls];
  const whole = new Whole(history, calls);
  let left = maxSteps;
  let decided = true;
  for (const part of parts) {
    const search = searchFor(whole, part, boundsOf(guarantee, part));
    const found = search.run(left);
    if (found === 'none') return 'broken';
    if (found === undefined) decided = false;
    left = Math.max(0, left - search.steps);
  }
  return decided ? 'kept' : 'unknown';
}

function boundsOf(guarantee: Guarantee, calls: readonly HistoryCall[]): Bounds {
  switch (guarantee.kind) {
    case 'bounded staleness':
      return (call, at) => {
        const bounds = realTime(call, at);
        return isRead(call.operation) ? { ...bounds, begin: bounds.begin - guarantee.maxMs * 1_000 } : bounds;
      };
    case 'read your writes':
      return behindOwn(calls, ({ operation }) => !isRead(operation));
    case 'monotonic reads':
      return behindOwn(calls, ({ operation }) => isRead(operation));
    case 'sequential per client':
      return behindOwn(calls, () => true);
  }
}

/** Reads at any time before their ends, behind those of their client's own earlier calls that count. */
function behindOwn(calls: readonly HistoryCall[], counts: (call: HistoryCall) => boolean): Bounds {
  const own = new Map<number, number[]>();
  const behind = calls.map((call, at) => {
    const before = own.get(call.client) ?? [];
    // What its client was not told of binds nothing.
    if (counts(call) && call.outcome.kind === 'answered') own.set(call.client, [...before, at]);
    return before;
  });
  return (call, at) => {
    if (!isRead(call.operation)) return realTime(call, at);
    return { ...realTime(call, at), begin: Number.NEGATIVE_INFINITY, behind: behind[at] ?? [] };
  };
}
