/**
 * Has a node apply what was acknowledged before: a scenario in which it stops doing so begins from a state that is known. It waits by
 * asking, and judges nobody.
 */
import type { RunContext } from '../run/context.js';
import { listVolumes } from '../wire/requests.js';
import { mainGroup, whenMainGroup } from './main-group.js';

/**
 * By the node's status, or, where there is none, by a read that the leader confirms; where the node takes no such read, there is nothing
 * to wait by.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where it does not come so far within the `eventually` budget
 */
export async function catchUp(run: RunContext, node: string, leader: string): Promise<void> {
  const { capabilities, client, control } = run;
  if (control === undefined || !capabilities.has('status')) {
    await client.call(node, listVolumes(`omc-${run.runId}-`, '', 1), { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' });
    return;
  }
  const index = (await mainGroup(run, leader))?.appliedIndex ?? 0n;
  await whenMainGroup(
    run,
    [node],
    ([own]) => ((own?.appliedIndex ?? 0n) >= index ? true : undefined),
    `${node} does not apply what ${leader} has applied`,
  );
}
