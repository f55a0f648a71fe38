/** Steps: nodes that lose their data directory, learners, and changes of the membership. */
import { Given, Then, When } from '@cucumber/cucumber';
import {
  assertAcknowledged,
  assertAdmitted,
  assertChangeRefused,
  assertMembers,
  assertNewIds,
  assertRefusedOldIdentity,
  assertServesNothing,
} from '../kit/assert/members.js';
import { EnvironmentError } from '../kit/failure.js';
import { askOn, askOneByOne, askUntilRefused } from '../kit/scenario/asked-on.js';
import { planChange } from '../kit/scenario/change.js';
import { type Hindrance, hinder } from '../kit/scenario/hindrance.js';
import { membersInTime } from '../kit/scenario/members-known.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import type { Operation } from '../kit/scenario/operation.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { ClusterChange } from './parameters.js';
import type { OmWorld } from './world.js';

Given('a follower that has lost its data directory', async function (this: OmWorld) {
  await this.members.lose(await chooseMember(this));
});

Given('a learner in the place of a follower', async function (this: OmWorld) {
  const node = await chooseMember(this);
  await this.members.lose(node);
  const answer = await this.members.admitAsLearner(node);
  if (answer.kind === 'refused') throw new EnvironmentError('GIVEN_NOT_MET', `${node} is no learner: ${answer.why}`);
});

// Of the many ways out of the membership this is the one that leaves a node its data.
Given('a follower that was removed', async function (this: OmWorld) {
  const node = await chooseMember(this);
  const answer = await this.members.changeInTime('remove', node);
  if (answer.kind === 'refused') throw new EnvironmentError('GIVEN_NOT_MET', `${node} is a member: ${answer.why}`);
});

Given('the learner {hindrance}', async function (this: OmWorld, hindrance: Hindrance) {
  this.hindered = { nodes: [memberOf(this)], hindrance };
  await hinder(this.faults, this.hindered);
});

// A learner may take in a snapshot first, or never serve reads: FR-ADMIT-10 judges what it does answer.
Given('the learner has caught up', async function (this: OmWorld) {
  const missing = { kind: 'read-volume', volume: this.names.volume('nobody') } as const;
  await this.line.readAt(memberOf(this), missing, { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' });
});

Given('the other follower {hindrance}', async function (this: OmWorld, hindrance: Hindrance) {
  const others = this.line.nodes.filter((node) => node !== memberOf(this) && node !== this.leader);
  await hinder(this.faults, { nodes: others, hindrance });
});

// What the admission by the log alone does not show: a newcomer that needs the state.
Given('the other nodes have cut their logs', async function (this: OmWorld) {
  for (const node of this.line.nodes) if (node !== memberOf(this)) await this.run.control?.snapshot(node);
});

// Recovery from a snapshot and a short log, under HA-19.
Given('every node has cut its log', async function (this: OmWorld) {
  for (const node of this.line.nodes) await this.run.control?.snapshot(node);
});

When('it is started again', async function (this: OmWorld) {
  this.started = await this.members.start(memberOf(this));
});

// What nodes keep of the membership shows when they have nothing but their files.
When('the other nodes are started again', async function (this: OmWorld) {
  for (const node of this.line.nodes) if (node !== memberOf(this)) await this.run.target.restartNode?.(node);
  this.line.remember(undefined);
  this.leader = await this.line.lookAgain();
});

When('it is admitted anew', async function (this: OmWorld) {
  this.changed = await this.members.admit(memberOf(this));
});

// A second loss is what tells an id that is counted on from one that is new.
When('it loses its data directory once more', async function (this: OmWorld) {
  await this.members.lose(memberOf(this));
});

When('the cluster is asked to {cluster change} it', async function (this: OmWorld, change: ClusterChange) {
  const node = memberOf(this);
  switch (change) {
    case 'hand its leadership to':
      this.changed = await this.members.handOver(node);
      return;
    // Once: that it waits is not what a refusal is.
    case 'promote':
      this.changed = await this.members.change(change, node);
      return;
    case 'remove':
      this.changed = await this.members.changeInTime(change, node);
  }
});

When('every node is asked to write for a while', async function (this: OmWorld) {
  this.outcomes = await askOn(this.run, this.line.nodes);
});

When('the client creates {int} volumes', async function (this: OmWorld, count: number) {
  const writes = Array.from({ length: count }, () => planChange('create a volume', this.names).write);
  this.outcomes = await askOneByOne(this.run, this.leader ?? (await this.line.leader()), writes);
});

// All hints at once: none is a way to what a removed node still has.
When('the client {operation} there whatever the hint', async function (this: OmWorld, operation: Operation) {
  const hints: (ReadHint | undefined)[] = [
    undefined,
    'DEFAULT',
    'LINEARIZABLE_LEADER_ONLY',
    'LINEARIZABLE_ALLOW_FOLLOWER',
  ];
  const node = memberOf(this);
  // A node may hear late that it was removed; until then it may answer what the leader confirms.
  this.outcomes = await askUntilRefused(
    this.run,
    hints.map((hint) => ({
      ...{ node, operation, times: 1 },
      ...(hint === undefined ? {} : { options: { hint } }),
    })),
  );
});

Then('it refuses to start and names its data directory', function (this: OmWorld) {
  if (this.started === undefined) throw new Error('no step of this scenario started a node');
  const node = memberOf(this);
  assertRefusedOldIdentity(node, this.started, this.members.directoryOf(node) ?? '');
});

// The observable of an admission.
Then('it is a voter again', function (this: OmWorld) {
  assertAdmitted(memberOf(this), changedOf(this));
});

// The observable of a new identity.
Then('it has had {int} member ids, each another', function (this: OmWorld, count: number) {
  assertNewIds(memberOf(this), this.members.idsOf(memberOf(this)), count);
});

Then('the cluster refuses that', function (this: OmWorld) {
  assertChangeRefused('do that', changedOf(this));
});

Then('every write is acknowledged', async function (this: OmWorld) {
  const all = () => assertAcknowledged(this.outcomes);
  try {
    await judge(this, this.outcomes, all);
  } catch (error) {
    // That nobody takes writes any more is no excuse here.
    if (error instanceof EnvironmentError && error.code === 'NO_LEADER') all();
    throw error;
  }
});

// The observable of a node that is no member.
Then('no call is answered', function (this: OmWorld) {
  assertServesNothing(this.outcomes);
});

// The observable of a membership that is kept.
Then('the others know each other as the only voters', async function (this: OmWorld) {
  const others = this.line.nodes.filter((node) => node !== memberOf(this));
  assertMembers(await membersInTime(this.run, others), others);
});

async function chooseMember(world: OmWorld): Promise<string> {
  const leader = world.leader ?? (await world.line.leader());
  world.leader = leader;
  const [node = ''] = nodesInRole('a follower', world.line.nodes, leader);
  world.member = node;
  return node;
}

function memberOf(world: OmWorld): string {
  if (world.member === undefined) throw new Error('no step of this scenario chose a member');
  return world.member;
}

function changedOf(world: OmWorld) {
  if (world.changed === undefined) throw new Error('no step of this scenario changed the membership');
  return world.changed;
}
