/**
 * Searches the parts of a history for an order each, side by side with growing budgets, so that one hard part does not hide a wrong one.
 * What the parts are, and how far a call may be from when it was made, is decided by whoever asks.
 */
import type { HistoryCall } from '../call.js';
import { type BoundsOf, searchFor, type Whole } from './prepare.js';
import type { Search } from './search.js';

/** Parts that can be judged one by one. */
export interface Parts {
  readonly whole: Whole;
  readonly parts: readonly (readonly HistoryCall[])[];
  readonly boundsOf: BoundsOf;
}

export type Decided =
  | { readonly kind: 'an order'; readonly parts: number; readonly steps: number }
  | {
      readonly kind: 'none';
      readonly part: readonly HistoryCall[];
      /** Position in it of the call whose end no order gets past. */
      readonly deepest: number;
      readonly steps: number;
    }
  /** The budget was spent before all was decided: neither right nor wrong. */
  | { readonly kind: 'unknown'; readonly why: string; readonly steps: number };

/** Calls that may be tried in a state, in all. */
export const MAX_STEPS = 20_000_000;
const FIRST_STEPS = 4_096;
/** Each round has so many times the budget of the one before. */
const GROWTH = 4;

export function decideParts({ whole, parts, boundsOf }: Parts, maxSteps = MAX_STEPS): Decided {
  let open = parts.map((part) => ({ part, search: searchFor(whole, part, boundsOf(part)) }));
  let steps = 0;
  for (let budget = FIRST_STEPS; open.length > 0; budget *= GROWTH) {
    const undecided: typeof open = [];
    for (const one of open) {
      const left = maxSteps - steps;
      const { found, spent } = goOn(one.search, Math.min(budget, left));
      steps += spent;
      if (found === 'none') return { kind: 'none', part: one.part, deepest: one.search.deepest, steps };
      if (found === undefined) undecided.push(one);
    }
    open = undecided;
    if (open.length > 0 && steps >= maxSteps) return { kind: 'unknown', why: whyNot(open, maxSteps), steps };
  }
  return { kind: 'an order', parts: parts.length, steps };
}

function goOn(search: Search, budget: number): { readonly found: ReturnType<Search['run']>; readonly spent: number } {
  const before = search.steps;
  const found = search.run(Math.max(0, budget));
  return { found, spent: search.steps - before };
}

function whyNot(open: readonly { readonly part: readonly HistoryCall[] }[], maxSteps: number): string {
  const unknown = open.flatMap(({ part }) => part).filter(({ outcome }) => outcome.kind === 'unknown').length;
  const calls = open.reduce((sum, { part }) => sum + part.length, 0);
  return `${maxSteps} steps decided all but ${open.length} of its parts: ${calls} calls, ${unknown} of them of unknown outcome`;
}
