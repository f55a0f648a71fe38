/**
 * Judges what was observed while one node led. A rule about a settled cluster says nothing of an election that happened in
 * between, so a contradiction that such an election explains is undecided, neither right nor wrong.
 */
import { ConformanceFailure, UndecidedError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { accepted, briefly } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { echoRead, echoWrite } from '../wire/requests.js';
import { isRetryable } from '../wire/retryable.js';
import type { LeaderLine } from './leader-line.js';

/**
 * Runs an assertion over outcomes that were had while `leader` led. When it fails and leadership has moved since, the
 * failure becomes an UndecidedError, but only where an outcome is one that a move explains: a refusal that invites to ask
 * again, silence, or (`elsewhere`) a write accepted by another node. A leader that is gone without anybody having ended it
 * explains nothing.
 *
 * @param giveWay ends what keeps the leader from taking a write, where the scenario itself does: else it would seem to lead no longer
 */
export async function judgeWhileLed(
  run: RunContext,
  line: LeaderLine,
  leader: string,
  outcomes: readonly Outcome[],
  assertion: () => void,
  giveWay: () => Promise<void> = async () => undefined,
): Promise<void> {
  try {
    assertion();
  } catch (error) {
    if (!(error instanceof ConformanceFailure) || !outcomes.some((outcome) => movable(outcome, leader))) throw error;
    await giveWay();
    const said = await run.client.call(leader, echoWrite);
    if (accepted(said)) throw error;
    const alive = await run.client.call(leader, echoRead);
    if (alive.kind === 'unanswered') throw error;
    const now = await line.lookAgain();
    if (now === leader) throw error;
    throw new UndecidedError(`leadership moved from ${leader} to ${now} during the scenario (${briefly(said)})`);
  }
}

function movable(outcome: Outcome, leader: string): boolean {
  return isRetryable(outcome) || (accepted(outcome) && outcome.node !== leader);
}
