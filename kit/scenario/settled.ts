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
  /** One or more nodes accepted, and that is all that is certain: several did, or another is named. */
  | { readonly kind: 'disputed'; readonly leader: string }
  | { readonly kind: 'none' };

/** Pure. */
export function judgeRound(outcomes: readonly Outcome[]): Round {
  const accepters = outcomes.filter(accepted).map(({ node }) => node);
  const named = new Set(
    outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? (outcome.suggestedLeader ?? []) : [])),
  );
  const agreed = accepters.filter((node) => [...named].every((name) => name === node));
  const leader = agreed[0] ?? accepters[0];
  if (leader === undefined) return { kind: 'none' };
  return { kind: accepters.length === 1 && agreed.length === 1 ? 'settled' : 'disputed', leader };
}

/**
 * Waits until the cluster is settled and answers its leader. An election lets nodes dispute that for a while; where they go
 * on disputing about the same node for longer than an election may take, that is no election but a fault for HA-1 or HA-3
 * to judge, and the node is answered.
 *
 * @throws EnvironmentError NOT_SETTLED, with the last word of each node
 */
export async function settle(run: RunContext): Promise<string> {
  const { clusterStartMs: budgetMs, failoverMs } = run.target.budgets;
  const patienceMs = Math.min(failoverMs, budgetMs / 2);
  const nodes = run.target.nodes.map(({ id }) => id);
  const beganMs = performance.now();
  let dispute: { readonly leader: string; readonly sinceMs: number } | undefined;
  for (;;) {
    const nowMs = performance.now();
    const outcomes = await askWrites(run.client, nodes, Math.max(1, Math.ceil(beganMs + budgetMs - nowMs)));
    const round = judgeRound(outcomes);
    if (round.kind === 'settled') return round.leader;
    if (round.kind === 'none') dispute = undefined;
    else if (dispute?.leader !== round.leader) dispute = { leader: round.leader, sinceMs: nowMs };
    else if (performance.now() - dispute.sinceMs >= patienceMs) return round.leader;
    if (performance.now() - beganMs >= budgetMs) {
      const words = outcomes.map((outcome) => `${outcome.node}: ${briefly(outcome)}`).join('; ');
      throw new EnvironmentError('NOT_SETTLED', `the nodes did not agree on a leader within ${budgetMs} ms (${words})`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
