/**
 * Has a node apply what was acknowledged before: a scenario in which it stops doing so begins from a state that is known. It waits by
 * asking, and judges nobody.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { listVolumes } from '../wire/requests.js';

const PAUSE_MS = 20;

/**
 * By the node's status, or, where there is none, by a read that the leader confirms; where the node takes no such read, there is nothing
 * to wait by.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where it does not come so far within the `eventually` budget
 */
export async function catchUp(run: RunContext, node: string, leader: string): Promise<void> {
  const { capabilities, client, control, target } = run;
  if (control === undefined || !capabilities.has('status')) {
    await client.call(node, listVolumes(`omc-${run.runId}-`, '', 1), { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' });
    return;
  }
  const appliedAt = async (id: string) =>
    (await control.status(id)).find(({ group }) => group === 'main')?.appliedIndex ?? 0n;
  const index = await appliedAt(leader);
  const endsAtMs = performance.now() + target.budgets.eventuallyMs;
  while ((await appliedAt(node)) < index) {
    if (performance.now() >= endsAtMs) {
      throw new EnvironmentError('GIVEN_NOT_MET', `${node} does not apply what ${leader} has applied`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
