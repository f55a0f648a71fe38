/** Observable: where a read says that the data of a key are (FR-ADMIT-11). */
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { describe, failure, show } from './found.js';
import { type KeyInfo, keyIn } from './key-read.js';
import { statusIn } from './status-read.js';

/**
 * Assertion `blocks-named`: whoever answers names every block that the leader names, with its length; whoever does not answer sends the
 * client elsewhere.
 *
 * @param leader whose answer is held against the others
 */
export function assertBlocksNamed(outcomes: readonly Outcome[], leader: string): void {
  const told = outcomes.find(({ node }) => node === leader);
  const expected = told && blocksIn(told);
  if (told === undefined || expected === undefined || expected.length === 0) {
    throw failure('blocks-named', `blocks from ${leader}`, told === undefined ? 'none' : describe(told), outcomes);
  }
  for (const outcome of outcomes) {
    if (isRetryable(outcome) && outcome.kind === 'refused') continue;
    const found = blocksIn(outcome);
    if (show(found) === show(expected)) continue;
    const text = found === undefined ? describe(outcome) : `${show(found)} from ${outcome.node}`;
    throw failure('blocks-named', `the blocks ${show(expected)}`, text, [told, outcome]);
  }
}

/** Block by block its id, how much of it the key has, and whether it says where it is; undefined where no key was answered. */
function blocksIn(outcome: Outcome): readonly object[] | undefined {
  const info = keyIn(outcome) ?? (statusIn(outcome)?.keyInfo as KeyInfo | undefined);
  if (info === undefined) return undefined;
  return (info.keyLocationList ?? [])
    .flatMap(({ keyLocations }) => keyLocations ?? [])
    .map(({ blockID, length, pipeline }) => ({
      blockID,
      length,
      pipeline: pipeline !== undefined && pipeline !== null,
    }));
}
