/** Steps: reads that wait at a node, how their wait ends, and what the node counts of it. */
import { Given, Then, When } from '@cucumber/cucumber';
import { assertCounted, assertWaiting } from '../kit/assert/counted.js';
import { longestMs } from '../kit/assert/lateness.js';
import { assertReleased, echoesDuring, type MachineShare, releaseOf } from '../kit/assert/released.js';
import { assertAtOrAbove, assertEndedForNow, assertWaitBounded } from '../kit/assert/wait-ends.js';
import { echoesAtOnce } from '../kit/scenario/at-once.js';
import { type Counted, type CountersRead, grownTo, readCounters, waitingReads } from '../kit/scenario/counters.js';
import { decidedByTime } from '../kit/scenario/handover.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { settle } from '../kit/scenario/settled.js';
import { judge } from './judge.js';
import { type NodeRole, oneOf } from './parameters.js';
import { sentBefore } from './state-ids.js';
import { COUNTED_WORDS } from './words/counters.js';
import type { OmWorld } from './world.js';

oneOf<Counted>('counted', COUNTED_WORDS);

/** On top of the keys of the stage. */
const LIMIT = 'ozone.om.follower.read.wait.queue.limit';

Given('nodes that let at most {int} reads wait', async function (this: OmWorld, count: number) {
  await this.faults.configure({ [LIMIT]: `${count}` });
  this.leader = await settle(this.run);
  this.line.remember(this.leader);
});

Given('the counters of {node role} are read', async function (this: OmWorld, role: NodeRole) {
  const leader = this.leader ?? (await this.line.leader());
  this.leader = leader;
  const [node = ''] = nodesInRole(role, this.line.nodes, leader);
  this.counted = await readCounters(this.run, node);
});

// FR-QUEUE-7 alone: elsewhere a client goes away before its answer can be waited for (W-11).
When('the client gives up', async function (this: OmWorld) {
  await this.open.witnessed();
  this.open.leave();
});

// FR-QUEUE-10 alone: others end a node at once, or start one that is down.
When('{node role} is stopped and started again', async function (this: OmWorld, role: NodeRole) {
  const [node = ''] = nodesInRole(role, this.line.nodes, this.leader ?? (await this.line.leader()));
  await this.open.witnessed();
  const restarted = this.faults.restart(node);
  this.outcomes = await this.open.ends();
  await restarted;
});

Then('it has counted {int} {counted}', async function (this: OmWorld, count: number, what: Counted) {
  const expected = BigInt(count);
  assertCounted(await grownTo(this.run, countersOf(this), what, expected), expected);
});

Then('it says that {int} reads wait', async function (this: OmWorld, count: number) {
  const { node } = countersOf(this);
  const expected = BigInt(count);
  assertWaiting(node, await waitingReads(this.run, node, expected), expected);
});

// The observable of FR-QUEUE-1: which state the answer came from.
Then('every answer is at or above that id', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertAtOrAbove(this.outcomes, sentBefore(this)));
});

Then('no read has waited longer than it may', async function (this: OmWorld) {
  const { outcomes, run } = this;
  const { waitTimeoutMs } = run.target.budgets;
  this.measured(`refused after at most ${longestMs(outcomes)} ms, time for waiting ${waitTimeoutMs} ms`);
  await decidedByTime(run, outcomes[0]?.node ?? '', () => assertWaitBounded(outcomes, waitTimeoutMs));
});

/** Answers that leave together with the first one. */
const FIRST_ANSWERS = 100;

// The times of FR-QUEUE-3, which no other rule has. What echoes take that wait for nothing is the machine's business.
Then(
  'the first answer came within {int} ms of that, and the last within {int} ms',
  async function (this: OmWorld, firstMs: number, lastMs: number) {
    const { backAtMs, echoesBeside, outcomes, run } = this;
    const [first] = outcomes;
    if (backAtMs === undefined || echoesBeside === undefined || first === undefined)
      throw new Error('no step of this scenario brought a node back beside echoes');
    const { factor } = run.target.budgets;
    const within = { firstMs: firstMs * factor, lastMs: lastMs * factor };
    const carriage = {
      firstMs: await echoesAtOnce(run, first.node, Math.min(FIRST_ANSWERS, outcomes.length)),
      lastMs: await echoesAtOnce(run, first.node, outcomes.length),
    };
    const machine: MachineShare = { carriage, echo: echoesDuring(outcomes, echoesBeside) };
    const release = releaseOf(outcomes, backAtMs);
    const pair = (times: { firstMs: number; lastMs: number }) =>
      `${Math.round(times.firstMs)} and ${Math.round(times.lastMs)} ms`;
    this.measured(
      `the first answer and all ${outcomes.length} after ${pair(release)}, budgets ${pair(within)} more than echoes take: ${pair(carriage)}; an echo of another node as long as ${pair(machine.echo)} until then`,
    );
    assertReleased(release, within, machine);
  },
);

// The observable of FR-QUEUE-10.
Then('each read ended for now', function (this: OmWorld) {
  assertEndedForNow(this.outcomes);
});

function countersOf({ counted }: OmWorld): CountersRead {
  if (counted === undefined) throw new Error('no step of this scenario read the counters of a node');
  return counted;
}
