/**
 * After every scenario: calls that it left open are taken back, nodes that it ended or held back come back, and what it made outside
 * the run's own names goes. Before every scenario: what an earlier one could not put back is tried once more.
 */
import { After, Before } from '@cucumber/cucumber';
import { currentRun } from '../kit/run/context.js';
import { putBackAtEnd, putBackWhatIsOwed } from '../kit/scenario/put-back.js';
import type { OmWorld } from './world.js';

// A node may be started here: the target's own budgets bound that.
Before({ timeout: -1 }, async () => {
  await putBackWhatIsOwed(currentRun());
});

After(async function (this: OmWorld) {
  if (!this.begun) return;
  this.open.leave();
  await putBackAtEnd(this.run, () => this.faults.putBack());
  // Not owed: a node that is not admitted again is what the scenarios of HA-18 are about, and those that follow have to run.
  await this.members.putBack();
  for (const volume of this.strays) await this.line.send({ kind: 'delete-volume', volume });
});
