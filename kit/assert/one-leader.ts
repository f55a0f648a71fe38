/** Observable: how many nodes accept writes (HA-1). */
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';

/**
 * Assertion `one-leader`: in every round, in which each node was asked to carry out a write of its own, exactly one did, and
 * over all rounds it was this one.
 *
 * @param leader the node that the cluster had settled on
 */
export function assertOneLeader(rounds: readonly (readonly Outcome[])[], leader: string): void {
  if (rounds.length === 0) throw new Error('no round to judge');
  for (const round of rounds) {
    const accepters = round.filter(accepted).map(({ node }) => node);
    if (accepters.length === 1 && accepters[0] === leader) continue;
    const found =
      accepters.length === 0
        ? `nobody: ${round.map(describe).join('; ')}`
        : `writes accepted by ${accepters.join(' and ')}`;
    throw failure('one-leader', `writes accepted by ${leader} alone`, found, round);
  }
}
