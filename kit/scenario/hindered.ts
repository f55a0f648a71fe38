/**
 * Reads on a follower that is behind, so that an old answer would be possible, and lets it come back. A node whose apply is
 * paused still answers: it gets the read first, a witness sent later on another connection shows that it had it, and only
 * after writes that a majority took in the meantime does it apply again: what it could have answered sooner has come by then. A
 * frozen node answers nobody: it gets the read as soon as it wakes.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { briefly } from '../run/leader.js';
import type { Outcome, ReadHint } from '../wire/outcome.js';
import { echoRead } from '../wire/requests.js';
import { isRetryable } from '../wire/retryable.js';
import { bringBack, type Hindered } from './hindrance.js';
import type { LeaderLine } from './leader-line.js';
import type { NodeFaults } from './node-faults.js';
import { type Operation, requestOf } from './operation.js';

/** A node that does not wait for its apply still has to ask its leader, who has to ask a majority: as each of these does. */
const WRITES_MEANWHILE = 3;

/** The read's outcome; where it was a refusal that invites to ask again, that of the read asked again. */
export async function readWhileComingBack(
  run: RunContext,
  line: LeaderLine,
  faults: NodeFaults,
  hindered: Hindered,
  operation: Operation,
  hint: ReadHint,
): Promise<Outcome> {
  const [node = ''] = hindered.nodes;
  if (hindered.hindrance !== 'has stopped applying') {
    await bringBack(faults, hindered);
    return await line.readAt(node, operation, { hint });
  }
  const reading = run.client.call(node, requestOf(operation), { hint });
  await witness(run, node);
  let open = true;
  const ended = () => {
    open = false;
  };
  reading.then(ended, ended);
  for (let write = 0; open && write < WRITES_MEANWHILE; write += 1) await line.lookAgain();
  await faults.resumeApply(node);
  const outcome = await reading;
  return isRetryable(outcome) ? await line.readAt(node, operation, { hint }) : outcome;
}

/**
 * A linearizable read at a leader that has stopped applying: it has to stay open, or be refused, until it applies again. A witness
 * sent later on another connection shows that the node had it. Answers the read's outcome.
 */
export async function readBeforeApplying(
  run: RunContext,
  line: LeaderLine,
  faults: NodeFaults,
  { node, operation, hint }: { readonly node: string; readonly operation: Operation; readonly hint: ReadHint },
): Promise<Outcome> {
  const reading = run.client.call(node, requestOf(operation), { hint });
  await witness(run, node);
  await faults.resumeApply(node);
  const outcome = await reading;
  return isRetryable(outcome) ? await line.readAt(node, operation, { hint }) : outcome;
}

/** Throws EnvironmentError GIVEN_NOT_MET unless the node answers something. */
async function witness(run: RunContext, node: string): Promise<void> {
  const seen = await run.client.call(node, echoRead, { connection: 'witness' });
  if (seen.kind !== 'unanswered') return;
  throw new EnvironmentError('GIVEN_NOT_MET', `${node} does not answer while its apply is paused: ${briefly(seen)}`);
}
