/** Takes the power from nodes under load (HA-19). What they say until the last moment is what they have to keep. */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import type { Draws } from '../scenario/draws.js';
import type { ScenarioNames } from '../scenario/names.js';
import type { NodeFaults } from '../scenario/node-faults.js';
import type { AcknowledgedWrites } from './acknowledged.js';
import { VolumeWorkload } from './volume-workload.js';

/** Enough that several are in flight and some are given away and deleted. */
const WRITES_BEFORE = 60;

/** @throws EnvironmentError GIVEN_NOT_MET when the load did not come up before the loss */
export async function writeWhileLosingPower(
  run: RunContext,
  names: ScenarioNames,
  faults: NodeFaults,
  plan: { readonly clients: number; readonly nodes: readonly string[]; readonly draws: Draws },
): Promise<AcknowledgedWrites> {
  const workload = new VolumeWorkload(run, names);
  workload.start(plan.clients);
  try {
    if (!(await workload.acknowledges(WRITES_BEFORE, run.target.budgets.clusterStartMs))) {
      throw new EnvironmentError(
        'GIVEN_NOT_MET',
        `only ${workload.acknowledged} writes were acknowledged before the loss of power`,
      );
    }
    await faults.losePower(plan.nodes, BigInt(plan.draws.below(2 ** 31)));
  } finally {
    await workload.stop();
  }
  return await workload.stop();
}
