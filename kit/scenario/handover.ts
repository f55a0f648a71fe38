/** Leadership that is handed over on request, and leadership that is lost: who leads afterwards, and how long that took. */
import { hadoop } from '#proto';
import type { Handover, Recovery } from '../assert/leadership-moved.js';
import { EnvironmentError, UndecidedError } from '../failure.js';
import { calibrate } from '../run/calibration.js';
import type { RunContext } from '../run/context.js';
import { accepted, askWrites, awaitLeader } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import type { Request } from './operation.js';

/** A transfer may be answered long after it was done (real Ozone: up to 13 s). */
const MIN_ANSWER_MS = 40_000;
const LOOK_MS = 20;
/** A leader that cannot apply answers no write: nobody waits for it. */
const LOOK_DEADLINE_MS = 250;
/** Slower than this the machine explains what an implementation does too late. */
const SLOW_CALL_MS = 250;
const SLOW_TIMER_MS = 250;

/** The request that has `to` lead group main, or, with an empty name, any other node than now. */
export function transferTo(to: string): Request {
  return { cmdType: hadoop.ozone.Type.TransferLeadership, TransferOmLeadershipRequest: { newLeaderId: to } };
}

/**
 * Asks a node to hand leadership over, and at the same time the nodes that may lead then, until one of them accepts a write or
 * the failover budget is over. Waits for the answer too.
 *
 * @param to node id, or empty for any other
 */
export async function handOver(
  run: RunContext,
  { asked, to, former }: { readonly asked: string; readonly to: string; readonly former: string },
): Promise<Handover> {
  const { budgets, nodes } = run.target;
  const heirs = to === '' ? nodes.map(({ id }) => id).filter((id) => id !== former) : [to];
  const sentAtMs = performance.now();
  const answering = run.client.call(asked, transferTo(to), { deadlineMs: Math.max(MIN_ANSWER_MS, budgets.callMs) });
  const leads = await acceptedBy(run, heirs, budgets.failoverMs);
  const tookMs = performance.now() - sentAtMs;
  return { answer: await answering, leads, tookMs, budgetMs: budgets.failoverMs };
}

/** The first of these nodes that accepts a write; undefined when the budget is over. */
async function acceptedBy(run: RunContext, nodes: readonly string[], budgetMs: number): Promise<string | undefined> {
  try {
    return await awaitLeader(run.client, nodes, budgetMs);
  } catch (error) {
    if (error instanceof EnvironmentError && error.code === 'NO_LEADER') return undefined;
    throw error;
  }
}

/**
 * Loses the leader and asks every other node until one accepts a write; at most twice the failover budget, so that what came too
 * late can be told from what did not come at all.
 */
export async function recover(run: RunContext, former: string, lose: () => Promise<void>): Promise<Recovery> {
  const { budgets, nodes } = run.target;
  const others = nodes.map(({ id }) => id).filter((id) => id !== former);
  await lose();
  const lostAtMs = performance.now();
  const leads = await acceptedBy(run, others, 2 * budgets.failoverMs);
  return { former, leads, tookMs: performance.now() - lostAtMs, budgetMs: budgets.failoverMs };
}

/**
 * A budget that was missed says nothing of the implementation while the machine is slow too (design §6).
 *
 * @throws UndecidedError in that case
 */
export async function decidedByTime(run: RunContext, node: string, assertion: () => void): Promise<void> {
  try {
    assertion();
  } catch (error) {
    const { callP50Ms, timerLagMs } = await calibrate(run.client, node);
    if (callP50Ms < SLOW_CALL_MS && timerLagMs < SLOW_TIMER_MS) throw error;
    const slow = `a call takes ${Math.round(callP50Ms)} ms, timers are ${Math.round(timerLagMs)} ms late`;
    throw new UndecidedError(`${error instanceof Error ? error.message : 'a budget was missed'}; but ${slow}`);
  }
}

/**
 * Has the control service hand leadership to this node and waits until it leads; it need not serve yet.
 *
 * @throws EnvironmentError CAPABILITY_BROKEN without a control service; GIVEN_NOT_MET when the node does not lead in time
 */
export async function transferByControl(run: RunContext, to: string): Promise<void> {
  const { control, target } = run;
  if (control === undefined) throw new EnvironmentError('CAPABILITY_BROKEN', 'no control service to transfer with');
  await control.transferLeadership(to);
  const budgetMs = target.budgets.failoverMs;
  const endsAtMs = performance.now() + budgetMs;
  for (;;) {
    const said = await askWrites(
      run.client,
      target.nodes.map(({ id }) => id),
      LOOK_DEADLINE_MS,
    );
    if (said.some((outcome) => saysThatItLeads(outcome, to))) return;
    if (performance.now() >= endsAtMs) {
      throw new EnvironmentError(
        'GIVEN_NOT_MET',
        `${to} does not lead ${budgetMs} ms after leadership was handed to it`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Of a leader that is not ready: it says so, or, where it says nothing, the others name it. */
function saysThatItLeads(outcome: Outcome, leader: string): boolean {
  if (outcome.kind === 'refused' && outcome.suggestedLeader === leader) return true;
  if (outcome.node !== leader) return false;
  return accepted(outcome) || (outcome.kind === 'refused' && outcome.className === 'OMLeaderNotReadyException');
}
