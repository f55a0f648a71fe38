/**
 * When a cluster is settled: a write was accepted, and every node that names a leader names the node that accepted it
 * (catalogue, chapter HA). It waits by asking, and judges nobody.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { accepted, askWrites, briefly } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';

const PAUSE_MS = 50;

/** What one round of writes, one to each node, says. */
export type Round =
  | { readonly kind: 'settled'; readonly leader: string }
  /** Several nodes accepted and no refusal contradicts the first: an election in between, or a fault that HA-1 judges. */
  | { readonly kind: 'several'; readonly first: string }
  | { readonly kind: 'unsettled' };

/** Pure. */
export function judgeRound(outcomes: readonly Outcome[]): Round {
  const accepters = outcomes.filter(accepted).map(({ node }) => node);
  const named = new Set(
    outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? (outcome.suggestedLeader ?? []) : [])),
  );
  const [first, ...others] = accepters.filter((node) => [...named].every((name) => name === node));
  if (first === undefined) return { kind: 'unsettled' };
  return accepters.length === 1 && others.length === 0
    ? { kind: 'settled', leader: first }
    : { kind: 'several', first };
}

/**
 * Waits until the cluster is settled and answers its leader. Where several nodes go on accepting for half of the budget, it
 * answers one of them, so that HA-1 can blame the implementation.
 *
 * @throws EnvironmentError NOT_SETTLED, with the last word of each node
 */
export async function settle(run: RunContext, budgetMs = run.target.budgets.clusterStartMs): Promise<string> {
  const nodes = run.target.nodes.map(({ id }) => id);
  const beganMs = performance.now();
  for (;;) {
    const spentMs = performance.now() - beganMs;
    const outcomes = await askWrites(run.client, nodes, Math.max(1, Math.ceil(budgetMs - spentMs)));
    const round = judgeRound(outcomes);
    if (round.kind === 'settled') return round.leader;
    if (round.kind === 'several' && spentMs > budgetMs / 2) return round.first;
    if (performance.now() - beganMs >= budgetMs) {
      const words = outcomes.map((outcome) => `${outcome.node}: ${briefly(outcome)}`).join('; ');
      throw new EnvironmentError('NOT_SETTLED', `the nodes did not agree on a leader within ${budgetMs} ms (${words})`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
