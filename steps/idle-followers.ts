/** Steps: followers of a cluster where nothing else happens. */
import { Then, When } from '@cucumber/cucumber';
import { assertIdleInTime, assertIdleShown, medianMs } from '../kit/assert/idle-follower.js';
import { calibrate } from '../kit/run/calibration.js';
import { decidedByTime } from '../kit/scenario/handover.js';
import { writeWhileIdle } from '../kit/scenario/idle-writes.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

// FR-GUAR-6 alone has nothing else happen: this form and the two below are its scenario.
When('{volume} is given away {int} times, and nothing else happens', async function (this: OmWorld, volume, times) {
  const leader = await this.line.leader();
  this.leader = leader;
  const followers = nodesInRole('every follower', this.line.nodes, leader);
  this.idleWrites = await writeWhileIdle(this.run, { leader, followers, volume, times });
});

// Without a time: a follower that waits for the next write never shows this one.
Then('every follower shows it each time', async function (this: OmWorld) {
  const writes = this.idleWrites ?? [];
  await judge(
    this,
    writes.flatMap(({ reads }) => reads),
    () => assertIdleShown(writes),
  );
});

// The heartbeat is the target file's; what a call takes anyway is the machine's business.
Then('mostly within {int} heartbeats', async function (this: OmWorld, heartbeats: number) {
  const { idleWrites: writes = [], leader = '', run } = this;
  const { heartbeatMs } = run.target.budgets;
  const { callP50Ms } = await calibrate(run.client, leader);
  const budgetMs = heartbeats * heartbeatMs;
  this.measured(
    `followers show a write after ${Math.round(medianMs(writes))} ms (median of ${writes.length}), budget ${budgetMs} ms and a call of ${callP50Ms.toFixed(1)} ms`,
  );
  await decidedByTime(run, leader, () => assertIdleInTime(writes, budgetMs + callP50Ms));
});
