/** Observable: how long an OM remembers a call (LE-RETRY-4). */
import type { Answered, Outcome } from '../wire/outcome.js';
import { saidAlike } from './answered-alike.js';
import { describe, failure } from './found.js';

/** By how much the clocks of two nodes may differ, ms: each entry has the time of the node that led when it was planned. */
export const CLOCK_SKEW_MS = 500;

/**
 * Assertion `call-expiry`: attempts that ended within the expiry after the call was sent first are told what the first was told;
 * one that was sent later than the expiry after the first was answered is a new call.
 *
 * The call has to be one that cannot succeed twice, so that a new one is told something else. Attempts in between, and those
 * after the first that was told something else, say nothing.
 *
 * @param attempts of one call, in order; the first is the one that was carried out
 */
export function assertCallExpiry(attempts: readonly Outcome[], expiryMs: number): void {
  const [first, ...others] = attempts.filter((attempt) => attempt.kind === 'answered');
  if (first === undefined) throw new Error('no answered call to judge');
  for (const other of others) {
    const alike = saidAlike(first, other);
    if (!alike && other.endedAtMs - first.sentAtMs < expiryMs) {
      throw told(`${describe(first)}, as the first attempt`, first, other);
    }
    if (!alike) return;
    if (other.sentAtMs - first.endedAtMs > expiryMs + CLOCK_SKEW_MS) {
      throw told('another answer than the first attempt, from a new call', first, other);
    }
  }
  const last = attempts.at(-1);
  if (last !== undefined && last.kind !== 'answered') throw failure('call-expiry', 'an answer', describe(last), [last]);
}

function told(expected: string, first: Answered, other: Answered) {
  const afterMs = Math.round(other.sentAtMs - first.endedAtMs);
  return failure('call-expiry', expected, `${describe(other)} ${afterMs} ms later`, [first, other]);
}
