/** Asks followers for writes and follows each leader that a refusal names (HA-3). */
import type { FollowedSuggestion } from '../assert/suggested-leader.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { briefly } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { type Change, planChange } from './change.js';
import { bringAbout } from './given.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { requestOf } from './operation.js';

export interface Suggestions {
  readonly refusals: readonly Outcome[];
  readonly followed: readonly FollowedSuggestion[];
}

/**
 * One change of its own at each follower, and again at the leader that it names; a refusal without a name is not followed.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where no follower refused: whether followers accept is for HA-1 and HA-2 to judge,
 * and nobody was named whom one could follow
 */
export async function followSuggestions(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  leader: string,
  change: Change,
): Promise<Suggestions> {
  const refusals: Outcome[] = [];
  const followed: FollowedSuggestion[] = [];
  for (const node of line.nodes.filter((id) => id !== leader)) {
    const { given, write } = planChange(change, names);
    for (const operation of given) await bringAbout(line, operation);
    const refusal = await run.client.call(node, requestOf(write));
    refusals.push(refusal);
    const suggested = refusal.kind === 'refused' ? refusal.suggestedLeader : undefined;
    if (suggested === undefined) continue;
    const known = line.nodes.includes(suggested);
    followed.push({
      refusal,
      suggested,
      outcome: known ? await run.client.call(suggested, requestOf(write)) : undefined,
    });
  }
  if (!refusals.some(({ kind }) => kind === 'refused')) {
    const words = refusals.map((outcome) => `${outcome.node}: ${briefly(outcome)}`).join('; ');
    throw new EnvironmentError('GIVEN_NOT_MET', `no follower refused to ${change} (${words})`);
  }
  return { refusals, followed };
}
