/** Steps: leadership is lost or handed over, and found again. */
import { Given, Then, When } from '@cucumber/cucumber';
import { assertFailover, assertHandedOver, assertTransferAnswered } from '../kit/assert/leadership-moved.js';
import { assertNamedLeader } from '../kit/assert/named-leader.js';
import { assertRefusedWith } from '../kit/assert/refusal-class.js';
import { assertOwner } from '../kit/assert/volume-owner.js';
import { bringAbout } from '../kit/scenario/given.js';
import { decidedByTime, handOver, recover, transferByControl, transferTo } from '../kit/scenario/handover.js';
import { readBeforeApplying } from '../kit/scenario/hindered.js';
import { type Hindrance, hinder } from '../kit/scenario/hindrance.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, someOwner } from '../kit/scenario/operation.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { there } from './faults.js';
import { judge } from './judge.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

// The leadership that a hindered follower gets; HA-4 is about what it does with it.
Given('leadership is handed to it', async function (this: OmWorld) {
  const node = there(this);
  await transferByControl(this.run, node);
  this.leader = node;
  this.line.remember(undefined);
});

// FR-ADMIT-7 alone has a node that leads for a while.
Given('leadership is handed on to a follower', async function (this: OmWorld) {
  const [node = ''] = nodesInRole('a follower', this.line.nodes, await this.knownLeader());
  await transferByControl(this.run, node);
  this.leader = node;
  this.line.remember(undefined);
});

When(
  'the leader {hindrance} and a client asks on until a node accepts writes',
  async function (this: OmWorld, hindrance: Hindrance) {
    const former = await this.line.leader();
    const lost = { nodes: [former], hindrance };
    this.recovery = await recover(this.run, former, async () => await hinder(this.faults, lost));
    this.line.remember(undefined);
    this.leader = this.recovery.leads;
  },
);

// HA-9 alone asks for leadership to be handed over: this form and the two below are its three ways.
When('{node role} is asked to hand leadership to a follower', async function (this: OmWorld, role: NodeRole) {
  await handedOver(this, role, (nodes, former) => nodesInRole('a follower', nodes, former)[0] ?? '');
});

// The second way.
When('{node role} is asked to hand leadership to any other node', async function (this: OmWorld, role: NodeRole) {
  await handedOver(this, role, () => '');
});

// The third way.
When(
  '{node role} is asked to hand leadership to node {string}',
  async function (this: OmWorld, role: NodeRole, named: string) {
    const former = this.leader ?? (await this.line.leader());
    const [asked = ''] = nodesInRole(role, this.line.nodes, former);
    this.outcomes = [await this.run.client.call(asked, transferTo(named))];
  },
);

// A leader that cannot apply answers nothing yet, so that a write cannot be waited for meanwhile.
When(
  'the client {operation} there with {read hint} before it applies again',
  async function (this: OmWorld, operation: Operation, hint: ReadHint) {
    const node = there(this);
    this.outcomes = [await readBeforeApplying(this.run, this.line, this.faults, { node, operation, hint })];
  },
);

// The observable of HA-8; the budget is the target file's.
Then('that took no longer than the failover budget', async function (this: OmWorld) {
  const { recovery } = this;
  if (recovery === undefined) throw new Error('no step of this scenario lost the leader');
  const { leads = 'nobody', tookMs, budgetMs } = recovery;
  this.measured(`${leads} accepts writes after ${Math.round(tookMs)} ms, budget ${budgetMs} ms`);
  await decidedByTime(this.run, recovery.leads ?? this.line.nodes[0] ?? '', () => assertFailover(recovery));
});

// Also the observable of HA-8: whoever accepts writes has to carry them out.
Then('what is created now is there', async function (this: OmWorld) {
  const volume = this.names.nextVolume();
  const owner = someOwner(volume);
  await bringAbout(this.line, { kind: 'create-volume', volume, owner, quota: undefined });
  const read = await this.line.read({ kind: 'read-volume', volume });
  this.leader = await this.line.leader();
  await judge(this, [read], () => assertOwner(read, volume, owner));
});

Then('leadership is there within the failover budget', async function (this: OmWorld) {
  const { handover } = this;
  if (handover === undefined) throw new Error('no step of this scenario asked for leadership to be handed over');
  const { leads = 'nobody', tookMs, budgetMs } = handover;
  this.measured(`${leads} accepts writes after ${Math.round(tookMs)} ms, budget ${budgetMs} ms`);
  await decidedByTime(this.run, handover.leads ?? this.line.nodes[0] ?? '', () => assertHandedOver(handover));
  assertTransferAnswered(handover);
});

Then('it says that it is not ready yet', function (this: OmWorld) {
  assertRefusedWith(this.outcomes, 'OMLeaderNotReadyException');
});

Then('whoever is named as leader led', async function (this: OmWorld) {
  const leader = this.leader ?? (await this.line.leader());
  await judge(this, this.outcomes, () => assertNamedLeader(this.outcomes, leader));
});

async function handedOver(
  world: OmWorld,
  role: NodeRole,
  heir: (nodes: readonly string[], former: string) => string,
): Promise<void> {
  const former = world.leader ?? (await world.line.leader());
  const [asked = ''] = nodesInRole(role, world.line.nodes, former);
  world.handover = await handOver(world.run, { asked, to: heir(world.line.nodes, former), former });
  world.line.remember(undefined);
  world.leader = world.handover.leads;
}
