/** How long calls took, and when one is late: what a rule allows, and the way to the node and back. */
import type { Outcome } from '../wire/outcome.js';

/** For the way to the node and back, and for what it does beside. */
export const GRACE_MS = 2_000;

export function tookMs({ sentAtMs, endedAtMs }: Outcome): number {
  return endedAtMs - sentAtMs;
}

/** The first that took longer than `withinMs` and the way there and back; undefined: none did. */
export function lateOne(outcomes: readonly Outcome[], withinMs: number): Outcome | undefined {
  return outcomes.find((outcome) => tookMs(outcome) > withinMs + GRACE_MS);
}

/** Milliseconds, rounded, that the longest of them took. */
export function longestMs(outcomes: readonly Outcome[]): number {
  return Math.round(Math.max(...outcomes.map(tookMs)));
}
