/** Observable: what a failed attempt says of itself is true (HA-16). */
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { volumeIn } from './volume-read.js';

/** An attempt to create a volume, and how the volume read long afterwards. */
export interface AttemptReadBack {
  readonly attempt: Outcome;
  readonly read: Outcome;
}

/** Whether an attempt that failed says that nothing was proposed, so that it cannot happen any more (wire-binding.md §2). */
export function saysNone(outcome: Outcome): boolean {
  return outcome.kind !== 'answered' && outcome.trailers.get('om-outcome') === 'none';
}

/**
 * Assertion `none-is-none`: what an attempt wrote that says `om-outcome: none` is not there; what was acknowledged is, so that an OM
 * which keeps nothing does not get by.
 */
export function assertNoneIsNone(readBacks: readonly AttemptReadBack[]): void {
  if (readBacks.length === 0) throw new Error('no attempt to judge');
  for (const { attempt, read } of readBacks) {
    const there = volumeIn(read) !== undefined;
    if (accepted(attempt) && !there)
      throw failure('none-is-none', 'what was acknowledged', describe(read), [attempt, read]);
    if (!saysNone(attempt) || !there) continue;
    const found = `volume ${volumeIn(read)?.volume} on ${read.node}, after ${describe(attempt)}`;
    throw failure('none-is-none', 'nothing of an attempt that says om-outcome: none', found, [attempt, read]);
  }
}
