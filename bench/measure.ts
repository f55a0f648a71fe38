/** Turns measured latencies into the figures that the bench prints; it measures nothing itself. */

export interface Figures {
  /** Operations per second over the whole measured time. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly operations: number;
  readonly errors: number;
}

/** Value below which the share `q` (0 … 1) of `sorted` lies, by nearest rank; NaN for no values. */
export function percentile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const rank = Math.max(1, Math.ceil(q * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export function figuresOf(latenciesMs: readonly number[], elapsedMs: number, errors: number): Figures {
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    perSecond: (latenciesMs.length / elapsedMs) * 1000,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: sorted.length === 0 ? Number.NaN : (sorted[sorted.length - 1] ?? Number.NaN),
    operations: latenciesMs.length,
    errors,
  };
}

/** Middle value of several rounds, so that one disturbed round decides nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** How much `one` is of `other`, turn by turn: what befell the machine between two turns that are neighbours is little. */
export function pairedRatio(one: readonly number[], other: readonly number[]): number {
  return median(one.slice(0, other.length).map((value, turn) => value / (other[turn] ?? Number.NaN)));
}
