/**
 * Observable: how long Msyncs take that are sent while the cluster is busy, beside echoes that are sent at the same moment to the same
 * node (FR-MSYNC-8, FR-GUAR-7). An echo waits for its turn as an Msync does, and for nobody else.
 */
import type { Outcome } from '../wire/outcome.js';
import { failure } from './found.js';
import { tookMs } from './lateness.js';

/** Msyncs, and the echo that was sent together with each. */
export interface PacedMsyncs {
  readonly msyncs: readonly Outcome[];
  readonly echoes: readonly Outcome[];
}

/** What an Msync has to do more often than an echo: wait for its turn at the leader, at a follower, and at the leader again. */
const TURNS = 5;

/** Within which half of them were over. */
export interface Pace {
  readonly msyncMs: number;
  readonly echoMs: number;
}

export function paceOf({ msyncs, echoes }: PacedMsyncs): Pace {
  if (msyncs.length === 0 || echoes.length === 0) throw new Error('no Msync to judge');
  return { msyncMs: medianMs(msyncs), echoMs: medianMs(echoes) };
}

/**
 * Assertion `msync-keeps-pace`: half of the Msyncs at least took no longer than this, and five times what echoes took meanwhile. Less
 * than half is what a machine does to one call or another.
 */
export function assertPace({ msyncMs, echoMs }: Pace, withinMs: number): void {
  const mostMs = withinMs + TURNS * echoMs;
  if (msyncMs <= mostMs) return;
  const expected = `Msyncs that mostly take at most ${ms(withinMs)} more than ${TURNS} times ${ms(echoMs)}, as echoes took`;
  throw failure('msync-keeps-pace', expected, ms(msyncMs), []);
}

function medianMs(outcomes: readonly Outcome[]): number {
  const times = outcomes.map(tookMs).sort((one, other) => one - other);
  return times[Math.floor((times.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
