/**
 * Judges whether a history is linearizable: whether there is one order of its calls that keeps the order of real time and in which each
 * ended as it did. Parts are searched side by side with growing budgets, so that one hard part does not hide a wrong one.
 */
import type { History, HistoryCall } from '../call.js';
import { partition } from './partition.js';
import { callsThatCount, searchFor, Whole } from './prepare.js';
import type { Search } from './search.js';
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

const MAX_STEPS = 20_000_000;
const FIRST_STEPS = 4_096;
/** Each round has so many times the budget of the one before. */
const GROWTH = 4;

export function checkLinearizable(history: History, options: CheckOptions = {}): Verdict {
  const decided = decide(history, options);
  if (decided.kind !== 'not linearizable') return decided;
  const { whole, part, deepest, steps } = decided;
  return { kind: decided.kind, counterExample: shrink(whole, part, deepest), steps };
}

/** A part that has no order. */
interface Wrong {
  readonly kind: 'not linearizable';
  readonly whole: Whole;
  readonly part: readonly HistoryCall[];
  /** Position in it of the call whose end no order gets past. */
  readonly deepest: number;
  readonly steps: number;
}

/** The verdict alone, without a counter-example. */
export function decide(
  history: History,
  { maxSteps = MAX_STEPS }: CheckOptions = {},
): Exclude<Verdict, { kind: 'not linearizable' }> | Wrong {
  const calls = callsThatCount(history.calls);
  const whole = new Whole(history, calls);
  const parts = partition(history, calls);
  let open = parts.map((part) => ({ part, search: searchFor(whole, part) }));
  let steps = 0;
  for (let budget = FIRST_STEPS; open.length > 0; budget *= GROWTH) {
    const undecided: typeof open = [];
    for (const one of open) {
      const left = maxSteps - steps;
      const { found, spent } = goOn(one.search, Math.min(budget, left));
      steps += spent;
      if (found === 'none') {
        return { kind: 'not linearizable', whole, part: one.part, deepest: one.search.deepest, steps };
      }
      if (found === undefined) undecided.push(one);
    }
    open = undecided;
    if (open.length > 0 && steps >= maxSteps) return { kind: 'unknown', why: whyNot(open, maxSteps), steps };
  }
  return { kind: 'linearizable', parts: parts.length, steps };
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
