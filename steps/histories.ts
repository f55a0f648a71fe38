/** Steps: histories of clients that work side by side, and the judge of them. */
import { Then, When } from '@cucumber/cucumber';
import { assertLinearizable } from '../kit/assert/linearizable.js';
import { DISTURBANCES, type Disturbance, disturb } from '../kit/history/disturbance.js';
import { type HistoryPlan, recordHistory } from '../kit/history/record-history.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

/** Where the reads of a workload go. */
const READERS = ['the leader', 'followers', 'every node'] as const;

oneOf<Disturbance>('disturbance', DISTURBANCES);
oneOf('readers', READERS);

When(
  '{int} clients work on {int} mixed operations, reading at {readers} with {read hint}, while {disturbance}',
  async function (
    this: OmWorld,
    clients: number,
    operations: number,
    at: (typeof READERS)[number],
    hint: ReadHint,
    disturbance: Disturbance,
  ) {
    await work(this, { clients, operations, reads: { at, hint } }, disturbance);
  },
);

Then('the history is linearizable', function (this: OmWorld) {
  if (this.history === undefined) throw new Error('no step of this scenario recorded a history');
  assertLinearizable(this.history);
});

async function work(world: OmWorld, plan: HistoryPlan, disturbance: Disturbance): Promise<void> {
  const { run, names, line, faults } = world;
  world.history = await recordHistory(run, names, plan, () => disturb(run, line, faults, disturbance));
  line.remember(undefined);
}
