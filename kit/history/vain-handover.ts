/**
 * Writes at a leader that is asked to hand its leadership over and can reach nobody, until another node leads without it (HA-10): what it
 * acknowledges meanwhile is in no other log, and what it takes while the transfer is pending may be in none.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { awaitLeader } from '../run/leader.js';
import { transferTo } from '../scenario/handover.js';
import type { ScenarioNames } from '../scenario/names.js';
import type { NodeFaults } from '../scenario/node-faults.js';
import type { AcknowledgedWrites } from './acknowledged.js';
import { VolumeWorkload } from './volume-workload.js';

/** Between two volumes of a client, answered or not: a leader may keep those that it has until it is deposed. */
const BETWEEN_MS = 50;
/** Of each client, where no other node comes to lead. */
const MOST = 60;

/**
 * Ends when the leader can be reached again and has answered, in whatever way.
 *
 * @param record of the writes before; takes these in
 * @throws EnvironmentError GIVEN_NOT_MET when no other node came to lead
 */
export async function writeWhileHandingOverInVain(
  run: RunContext,
  {
    names,
    faults,
    record,
  }: { readonly names: ScenarioNames; readonly faults: NodeFaults; readonly record: AcknowledgedWrites },
  { leader, clients }: { readonly leader: string; readonly clients: number },
): Promise<void> {
  const { budgets, nodes } = run.target;
  const others = nodes.map(({ id }) => id).filter((id) => id !== leader);
  const [heir = ''] = others;
  const workload = new VolumeWorkload(run, names, record);
  let deposed = false;
  // How long that takes is another rule's business (HA-8).
  const succeeded = awaitLeader(run.client, others, budgets.clusterStartMs).finally(() => {
    deposed = true;
  });
  succeeded.catch(() => {}); // Looked at below, once nothing more is asked.
  // Some before it is asked, so that they are under way when it is.
  const asked: Promise<unknown>[] = [workload.creates(leader, clients, budgets.callMs)];
  asked.push(run.client.call(leader, transferTo(heir), { connection: 'transfer' }));
  for (let round = 0; round < MOST && !deposed; round += 1) {
    asked.push(workload.creates(leader, clients, budgets.callMs));
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  try {
    await succeeded;
  } catch (cause) {
    throw new EnvironmentError('GIVEN_NOT_MET', `nobody led in the place of ${leader}, which is cut off`, { cause });
  } finally {
    await faults.putBack();
    // It may go on asking for the transfer until it sees it done: nothing of that is left when the next scenario begins.
    await Promise.all(asked);
    await workload.stop();
  }
}
