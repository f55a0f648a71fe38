/**
 * What was measured in several rounds, by system, operation and number of clients: kept as it comes, and reduced to medians in
 * the end. Which rounds there are is for those who drive.
 */
import type { Measured } from './generator.js';
import { median } from './measure.js';

/** What was driven. */
export interface Driven {
  readonly system: string;
  readonly operation: string;
  readonly clients: number;
}

/** Medians over the rounds; errors are summed. */
export interface Row extends Driven {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly generatorCores: number;
  readonly errors: number;
  readonly perSecondOfRounds: readonly number[];
}

export class Rounds {
  readonly #measured = new Map<string, { readonly driven: Driven; readonly rounds: Measured[] }>();

  /** Keeps one round. Answers a line that says what it was. */
  note(driven: Driven, measured: Measured): string {
    const key = `${driven.system} ${driven.operation} ${driven.clients}`;
    const known = this.#measured.get(key) ?? { driven, rounds: [] };
    known.rounds.push(measured);
    this.#measured.set(key, known);
    return `${key} clients: ${said(measured)}`;
  }

  /** In the order in which they were first driven. */
  rows(): Row[] {
    return [...this.#measured.values()].map(({ driven, rounds }) => ({
      ...driven,
      perSecond: median(rounds.map((round) => round.perSecond)),
      p50Ms: median(rounds.map((round) => round.p50Ms)),
      p99Ms: median(rounds.map((round) => round.p99Ms)),
      generatorCores: median(rounds.map((round) => round.generatorCores)),
      errors: rounds.reduce((sum, round) => sum + round.errors, 0),
      perSecondOfRounds: rounds.map((round) => round.perSecond),
    }));
  }
}

function said({ perSecond, p50Ms, p99Ms, generatorCores, errors, faults }: Measured): string {
  const why = faults.length > 0 ? ` (${faults.join('; ')})` : '';
  return `${perSecond.toFixed(0)}/s p50 ${p50Ms.toFixed(2)} ms p99 ${p99Ms.toFixed(2)} ms, generator ${generatorCores.toFixed(2)} cores, ${errors} errors${why}`;
}
