/** Observable: an answer that names a leader names the one that led (HA-13). */
import type { Outcome } from '../wire/outcome.js';
import { failure, show } from './found.js';

/** Assertion `named-leader`: leaderOMNodeId, where an OK answer has it, is `leader`. */
export function assertNamedLeader(outcomes: readonly Outcome[], leader: string): void {
  if (outcomes.length === 0) throw new Error('no answer to judge');
  for (const outcome of outcomes) {
    if (outcome.kind !== 'answered' || !outcome.response.success) continue;
    const named = outcome.response.leaderOMNodeId;
    if (!named || named === leader) continue;
    throw failure('named-leader', `${leader}, or no leader, named`, `${show(named)} from ${outcome.node}`, [outcome]);
  }
}
