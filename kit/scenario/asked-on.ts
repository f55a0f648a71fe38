/** Asks every node to write, again and again, for as long as a new leader may take to come up where one can. */
import type { RunContext } from '../run/context.js';
import { accepted, askWrites } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';

const PAUSE_MS = 50;
/** Of the failover budget: enough for an election where one can be won. */
const SHARE = 0.25;
const AT_LEAST_MS = 1_500;

/** Ends early once a write was acknowledged. Answers all outcomes. */
export async function askOn(run: RunContext, nodes: readonly string[]): Promise<Outcome[]> {
  const { failoverMs, callMs } = run.target.budgets;
  const endsAtMs = performance.now() + Math.max(AT_LEAST_MS, failoverMs * SHARE);
  const outcomes: Outcome[] = [];
  while (performance.now() < endsAtMs && !outcomes.some(accepted)) {
    outcomes.push(...(await askWrites(run.client, nodes, callMs)));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return outcomes;
}
