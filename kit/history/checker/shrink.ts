/**
 * Makes a part of a history that has no order smaller, down to the calls that show it. What is left out proves nothing by being left out:
 * the part is cut at the end of a call, a call without effect goes, and a write stays as one that may happen at any time before its end,
 * any number of times or never. Each of these only allows more orders, so what still has none is a counter-example of the whole history.
 */
import type { HistoryCall } from '../call.js';
import { isWithoutEffect } from '../models/model.js';
import type { Parts } from './decide.js';
import { type Bounds, searchFor, textsShownBy } from './prepare.js';

export interface CounterExample {
  /** Calls for which there is no order, in the order in which they began. */
  readonly calls: readonly HistoryCall[];
  /** Calls of the part that make no difference, whenever before their ends and however often they happened. */
  readonly others: number;
}

/** Steps of one trial, and of all. */
const TRIAL_STEPS = 200_000;
const MAX_STEPS = 4_000_000;

interface Attempt {
  /** These count. */
  readonly kept: readonly HistoryCall[];
  /** These may happen at any time before their ends. */
  readonly loose: readonly HistoryCall[];
}

/** @param deepest position in the part of the call whose end no order gets past */
export function shrink(
  parts: Pick<Parts, 'whole' | 'boundsOf'>,
  part: readonly HistoryCall[],
  deepest: number,
): CounterExample {
  const trials = new Trials(parts);
  let attempt = nearest(trials, cut(part, part[deepest]), part[deepest]) ?? { kept: part, loose: [] };
  for (let before = Number.POSITIVE_INFINITY; attempt.kept.length < before; ) {
    before = attempt.kept.length;
    // Without them first: the fewer contents anybody shows, the fewer states there are for writes at any time.
    attempt = withFewer(trials, attempt, isWithoutEffect);
    attempt = withFewer(trials, attempt, () => true);
  }
  return { calls: attempt.kept, others: part.length - attempt.kept.length };
}

/** The part as it was when a call had just ended: what was open then may still happen, and what came later is not known. */
function cut(part: readonly HistoryCall[], last: HistoryCall | undefined): readonly HistoryCall[] {
  const atUs = last?.endedUs ?? Number.POSITIVE_INFINITY;
  return part.flatMap((call): HistoryCall[] => {
    if (call.beganUs > atUs) return [];
    if (call.outcome.kind === 'unknown' || call.endedUs <= atUs) return [call];
    return isWithoutEffect(call) ? [] : [{ ...call, outcome: { kind: 'unknown', why: 'still open' } }];
  });
}

/**
 * What is wrong mostly shows in the call that no order gets past, in those that wrote what it shows, and in what happened last: the
 * smallest beginning of that row which has no order, tried by doubling. Undefined where none was shown to have none within the steps.
 */
function nearest(trials: Trials, calls: readonly HistoryCall[], last: HistoryCall | undefined): Attempt | undefined {
  const shown = textsShownBy(last === undefined ? [] : [last]);
  const rank = ({ operation, beganUs, endedUs }: HistoryCall): number => {
    if (beganUs === last?.beganUs && endedUs === last.endedUs) return Number.POSITIVE_INFINITY;
    return operation.kind === 'commit-key' && shown.has(operation.content) ? Number.MAX_SAFE_INTEGER : endedUs;
  };
  const row = [...calls].sort((a, b) => rank(b) - rank(a) || 0);
  for (let size = 1; ; size *= 2) {
    const chosen = new Set(row.slice(0, size));
    const attempt = without({ kept: calls, loose: [] }, new Set(calls.filter((call) => !chosen.has(call))));
    if (trials.hasNoOrder(attempt)) return attempt;
    if (size >= row.length) return undefined;
  }
}

/** Tries to take halves of what may go, quarters and so on out of what counts, and then each call. */
function withFewer(trials: Trials, from: Attempt, mayGo: (call: HistoryCall) => boolean): Attempt {
  let attempt = from;
  const going = (): readonly HistoryCall[] => attempt.kept.filter(mayGo);
  for (let size = Math.ceil(going().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < going().length; ) {
      const smaller = without(attempt, new Set(going().slice(at, at + size)));
      if (trials.hasNoOrder(smaller)) attempt = smaller;
      else at += size;
    }
  }
  return attempt;
}

function without({ kept, loose }: Attempt, taken: ReadonlySet<HistoryCall>): Attempt {
  return {
    kept: kept.filter((call) => !taken.has(call)),
    loose: [...loose, ...[...taken].filter((call) => !isWithoutEffect(call))],
  };
}

class Trials {
  #left = MAX_STEPS;

  constructor(private readonly parts: Pick<Parts, 'whole' | 'boundsOf'>) {}

  /** Whether it is certain that there is none. */
  hasNoOrder({ kept, loose }: Attempt): boolean {
    if (this.#left <= 0 || kept.length === 0) return false;
    const others = withoutTwins(loose, kept);
    // Whether its caller was told does not count: only the effect does.
    const untold = others.map(({ call }): HistoryCall => ({ ...call, outcome: { kind: 'unknown', why: 'left out' } }));
    const boundsOfKept = this.parts.boundsOf(kept);
    const bounds: Bounds = (call, at) => {
      const other = others[at - kept.length];
      if (other === undefined) return boundsOfKept(call, at);
      return { begin: Number.NEGATIVE_INFINITY, end: undefined, anyTimesUntil: other.until };
    };
    const search = searchFor(this.parts.whole, [...kept, ...untold], bounds);
    const found = search.run(Math.min(TRIAL_STEPS, this.#left));
    this.#left -= search.steps;
    return found === 'none';
  }
}

interface Loose {
  readonly call: HistoryCall;
  readonly until: number;
}

/** Of calls that may happen any number of times the last is enough, and of contents that nobody shows one as well. */
function withoutTwins(loose: readonly HistoryCall[], kept: readonly HistoryCall[]): readonly Loose[] {
  const shown = textsShownBy(kept);
  const known = new Map<string, Loose>();
  for (const call of loose) {
    const { operation, outcome, endedUs } = call;
    const content = operation.kind === 'commit-key' && !shown.has(operation.content) ? { content: '' } : {};
    const name = JSON.stringify({ ...operation, ...content });
    const until = outcome.kind === 'unknown' ? Number.POSITIVE_INFINITY : endedUs;
    if ((known.get(name)?.until ?? Number.NEGATIVE_INFINITY) < until) known.set(name, { call, until });
  }
  return [...known.values()];
}
