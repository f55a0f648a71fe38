/** Steps: histories of clients that work side by side, and the judge of them. */
import { Then, When } from '@cucumber/cucumber';
import { assertBounded, assertSequential } from '../kit/assert/guarantee.js';
import { assertLinearizable } from '../kit/assert/linearizable.js';
import type { AutoMsyncSetting } from '../kit/history/auto-msync.js';
import type { History } from '../kit/history/call.js';
import { DISTURBANCES, type Disturbance, disturb } from '../kit/history/disturbance.js';
import { type HistoryPlan, recordHistory } from '../kit/history/record-history.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { named, oneOf } from './parameters.js';
import { AUTO_MSYNC, readAutoMsync } from './words/auto-msync.js';
import type { OmWorld } from './world.js';

/** Where the reads of a workload go. */
const READERS = ['the leader', 'followers', 'every node'] as const;

oneOf<Disturbance>('disturbance', DISTURBANCES);
oneOf('readers', READERS);
named('auto msync', AUTO_MSYNC, readAutoMsync);

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

When(
  '{int} clients work on {int} mixed operations, reading at {readers} {auto msync}, while {disturbance}',
  async function (
    this: OmWorld,
    clients: number,
    operations: number,
    at: (typeof READERS)[number],
    autoMsync: AutoMsyncSetting,
    disturbance: Disturbance,
  ) {
    await work(this, { clients, operations, reads: { at, autoMsync } }, disturbance);
  },
);

Then('the history is linearizable', function (this: OmWorld) {
  assertLinearizable(recorded(this));
});

Then('no client goes back behind what it wrote or saw', function (this: OmWorld) {
  assertSequential(recorded(this));
});

// FR-GUAR-5 alone bounds how old a read may be; its rows are what happens meanwhile.
Then('no read is older than {int} ms', function (this: OmWorld, ms: number) {
  assertBounded(recorded(this), ms);
});

function recorded({ history }: OmWorld): History {
  if (history === undefined) throw new Error('no step of this scenario recorded a history');
  return history;
}

async function work(world: OmWorld, plan: HistoryPlan, disturbance: Disturbance): Promise<void> {
  const { run, names, line, faults } = world;
  world.history = await recordHistory(run, names, plan, () => disturb(run, line, faults, disturbance));
  line.remember(undefined);
}
