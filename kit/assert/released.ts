/**
 * Observable: how soon reads that wait are answered once their node has caught up (FR-QUEUE-3). The rule's times are those of the node;
 * what is seen of them has the machine's share in it. That share is measured beside, and where it is larger than what is judged, a
 * time that was missed is neither right nor wrong.
 */
import { UndecidedError } from '../failure.js';
import type { Outcome } from '../wire/outcome.js';
import { failure } from './found.js';

export interface Release {
  /** From the node's return to the first and to the last answer; negative: on its way already. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What the machine does to calls that nobody makes wait. */
export interface MachineShare {
  /** How long as many echoes at once take at that node as answers leave together with the first one, and as there are in all. */
  readonly carriage: Release;
  /** How long an echo of another node had taken, at worst, when the first answer came, and when the last one did. */
  readonly echo: Release;
}

export function releaseOf(reads: readonly Outcome[], backAtMs: number): Release {
  if (reads.length === 0) throw new Error('no read to judge');
  const ends = reads.map(({ endedAtMs }) => endedAtMs - backAtMs);
  return { firstMs: Math.min(...ends), lastMs: Math.max(...ends) };
}

/** @param echoes those that were asked for while the reads were answered */
export function echoesDuring(reads: readonly Outcome[], echoes: readonly Outcome[]): Release {
  const ends = reads.map(({ endedAtMs }) => endedAtMs);
  const slowestAt = (atMs: number) =>
    Math.max(0, ...echoes.map(({ sentAtMs, endedAtMs }) => Math.min(endedAtMs, atMs) - sentAtMs));
  return { firstMs: slowestAt(Math.min(...ends)), lastMs: slowestAt(Math.max(...ends)) };
}

/**
 * Assertion `released-in-time`: the first answer came within this time, and the last within that, on top of what it takes to carry
 * them, which counts for as much as the time that is judged and no more.
 *
 * @throws UndecidedError where the machine takes more than that itself, and that explains what came late
 */
export function assertReleased(release: Release, within: Release, machine: MachineShare): void {
  const { carriage, echo } = machine;
  const ends = [
    endOf(release.firstMs, within.firstMs, carriage.firstMs, echo.firstMs),
    endOf(release.lastMs, within.lastMs, carriage.lastMs, echo.lastMs),
  ];
  if (ends.every((end) => end === 'in time')) return;
  const expected = `${words(within)}, and ${words(carriage)} to carry them`;
  if (ends.includes('late')) throw failure('released-in-time', expected, words(release), []);
  const slow = `an echo of another node took as long as ${ms(echo.firstMs)} and ${ms(echo.lastMs)} meanwhile`;
  throw new UndecidedError(`expected ${expected}, found ${words(release)}; but ${slow}`);
}

/** An answer waits for its node and for the kit to get a processor: an echo does no less. */
function endOf(tookMs: number, withinMs: number, carriageMs: number, echoMs: number): 'in time' | 'late' | 'unclear' {
  if (tookMs <= withinMs + Math.min(carriageMs, withinMs)) return 'in time';
  const machineMs = carriageMs + echoMs;
  return machineMs > withinMs && tookMs <= withinMs + machineMs ? 'unclear' : 'late';
}

function words(release: Release): string {
  return `the first after ${ms(release.firstMs)}, the last after ${ms(release.lastMs)}`;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
