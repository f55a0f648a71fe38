/**
 * Judges histories by less than linearizability: reads may be behind, and only as far as a guarantee lets them (FR-GUAR-5). Writes always
 * have the order of real time, so that one order of them explains what every client saw.
 */
import { type Guarantee, type History, type HistoryCall, isRead } from '../call.js';
import { decideParts, MAX_STEPS, type Parts } from './decide.js';
import { partition } from './partition.js';
import { type BoundsOf, callsThatCount, realTime, Whole } from './prepare.js';
import { type CounterExample, shrink } from './shrink.js';

export type GuaranteeVerdict =
  | { readonly kind: 'kept'; readonly parts: number; readonly steps: number }
  | { readonly kind: 'broken'; readonly counterExample: CounterExample; readonly steps: number }
  | { readonly kind: 'unknown'; readonly why: string; readonly steps: number };

export function checkGuarantee(history: History, guarantee: Guarantee, maxSteps = MAX_STEPS): GuaranteeVerdict {
  const calls = callsThatCount(history.calls);
  const parts: Parts = {
    whole: new Whole(history, calls),
    // What one client saw of two keys is about both: only a bound on time can be judged one place at a time.
    parts: guarantee.kind === 'bounded staleness' ? partition(history, calls) : [calls],
    boundsOf: boundsFor(guarantee),
  };
  const decided = decideParts(parts, maxSteps);
  const { steps } = decided;
  switch (decided.kind) {
    case 'an order':
      return { kind: 'kept', parts: decided.parts, steps };
    case 'unknown':
      return { kind: 'unknown', why: decided.why, steps };
    case 'none':
      return { kind: 'broken', counterExample: shrink(parts, decided.part, decided.deepest), steps };
  }
}

function boundsFor(guarantee: Guarantee): BoundsOf {
  switch (guarantee.kind) {
    case 'bounded staleness':
      return () => (call, at) => {
        const bounds = realTime(call, at);
        return isRead(call.operation) ? { ...bounds, begin: bounds.begin - guarantee.maxMs * 1_000 } : bounds;
      };
    case 'read your writes':
      return behindOwn(({ operation }) => !isRead(operation));
    case 'monotonic reads':
      return behindOwn(({ operation }) => isRead(operation));
    case 'sequential per client':
      return behindOwn(() => true);
  }
}

/**
 * Reads at any time before their ends, behind the last of their client's own earlier calls that count: that one is behind those before it
 * itself.
 */
function behindOwn(counts: (call: HistoryCall) => boolean): BoundsOf {
  return (calls) => {
    const own = new Map<number, number>();
    const behind = calls.map((call, at) => {
      const before = own.get(call.client);
      // What its client was not told of binds nothing.
      if (counts(call) && call.outcome.kind === 'answered') own.set(call.client, at);
      return before === undefined ? [] : [before];
    });
    return (call, at) => {
      if (!isRead(call.operation)) return realTime(call, at);
      return { ...realTime(call, at), begin: Number.NEGATIVE_INFINITY, behind: behind[at] ?? [] };
    };
  };
}

/** What is promised, as the second half of a sentence. */
export function guaranteeWords(guarantee: Guarantee): string {
  switch (guarantee.kind) {
    case 'read your writes':
      return 'every client sees what it wrote';
    case 'monotonic reads':
      return 'no client goes back behind what it saw';
    case 'sequential per client':
      return 'no client goes back behind what it wrote or saw';
    case 'bounded staleness':
      return `no read is older than ${guarantee.maxMs} ms`;
  }
}
