/**
 * Judges whether a history is linearizable: whether there is one order of its calls that keeps the order of real time and in which each
 * ended as it did.
 */
import type { History, HistoryCall } from '../call.js';
import { decideParts, MAX_STEPS, type Parts } from './decide.js';
import { partition } from './partition.js';
import { callsThatCount, inRealTime, Whole } from './prepare.js';
import { type CounterExample, shrink } from './shrink.js';

export type Verdict =
  | { readonly kind: 'linearizable'; readonly parts: number; readonly steps: number }
  | { readonly kind: 'not linearizable'; readonly counterExample: CounterExample; readonly steps: number }
  /** The budget was spent before all was decided: neither right nor wrong. */
  | { readonly kind: 'unknown'; readonly why: string; readonly steps: number };

export interface CheckOptions {
  /** Calls that may be tried in a state, in all. */
  readonly maxSteps?: number;
}

export function checkLinearizable(history: History, { maxSteps = MAX_STEPS }: CheckOptions = {}): Verdict {
  const parts = partsOf(history);
  const decided = decideParts(parts, maxSteps);
  const { steps } = decided;
  switch (decided.kind) {
    case 'an order':
      return { kind: 'linearizable', parts: decided.parts, steps };
    case 'unknown':
      return { kind: 'unknown', why: decided.why, steps };
    case 'none':
      return { kind: 'not linearizable', counterExample: shrink(parts, decided.part, decided.deepest), steps };
  }
}

/** The verdict alone, without a counter-example. */
export function decide(history: History): Verdict['kind'] {
  const { kind } = decideParts(partsOf(history));
  if (kind === 'unknown') return kind;
  return kind === 'none' ? 'not linearizable' : 'linearizable';
}

function partsOf(history: History): Parts {
  const calls: readonly HistoryCall[] = callsThatCount(history.calls);
  return { whole: new Whole(history, calls), parts: partition(history, calls), boundsOf: inRealTime };
}
