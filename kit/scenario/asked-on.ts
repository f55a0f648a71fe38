/** Asks again and again: to write, for as long as a new leader may take; to read, until a node has stopped to answer. */
import type { RunContext } from '../run/context.js';
import { accepted, askWrites } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { type AtOnce, askAtOnce } from './at-once.js';
import { type Operation, requestOf } from './operation.js';

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

/** Asks all of it until none is answered any more, or the `eventually` budget is over. Answers the last outcomes. */
export async function askUntilRefused(run: RunContext, questions: readonly AtOnce[]): Promise<Outcome[]> {
  const endsAtMs = performance.now() + run.target.budgets.eventuallyMs;
  for (;;) {
    const outcomes = (await Promise.all(questions.map((question) => askAtOnce(run, question)))).flat();
    if (!outcomes.some(({ kind }) => kind === 'answered') || performance.now() >= endsAtMs) return outcomes;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Writes to the node that led, one after the other; ends with the first that is not acknowledged. Answers all outcomes. */
export async function askOneByOne(run: RunContext, leader: string, writes: readonly Operation[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const write of writes) {
    const outcome = await run.client.call(leader, requestOf(write));
    outcomes.push(outcome);
    if (!accepted(outcome)) break;
  }
  return outcomes;
}
