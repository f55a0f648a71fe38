/** Steps: nodes are lost under load, and what had been acknowledged is read back. */
import { Given, Then, When } from '@cucumber/cucumber';
import { assertKept } from '../kit/assert/kept.js';
import { EnvironmentError } from '../kit/failure.js';
import { readBackAll, writeWhileKilling } from '../kit/history/loss.js';
import { writeWhileHandingOverInVain } from '../kit/history/vain-handover.js';
import { nodesInRole, type Role } from '../kit/scenario/node-role.js';
import { settle } from '../kit/scenario/settled.js';
import { there } from './faults.js';
import type { Returning, Victims } from './parameters.js';
import type { OmWorld } from './world.js';

When('{int} clients write while {victims} is killed', async function (this: OmWorld, clients: number, role: Victims) {
  const leader = this.leader ?? (await this.line.leader());
  const up = this.line.nodes.filter((node) => !this.faults.down.has(node));
  const victims = victimsOf(role).map((group) => nodesInRole(group, up, leader));
  this.leader = leader;
  this.record = await writeWhileKilling(this.run, this.names, this.faults, { clients, victims });
  this.line.remember(undefined);
});

// Of HA-10 and HA-11: what is there before a leader is cut off, and what is missed by a node that is down.
Given('{int} clients write for a while', async function (this: OmWorld, clients: number) {
  this.record = await writeWhileKilling(this.run, this.names, this.faults, { clients, victims: [] });
});

// HA-10 alone asks for a transfer that cannot be.
When(
  '{int} clients write there while it is asked to hand over leadership, until another node leads and it is back',
  async function (this: OmWorld, clients: number) {
    const { run, names, faults, record } = this;
    if (record === undefined) throw new Error('no step of this scenario wrote under load');
    await writeWhileHandingOverInVain(run, { names, faults, record }, { leader: there(this), clients });
    this.line.remember(await settle(run));
  },
);

// The other way of HA-11: what was missed is no longer in any log.
Given('the others keep a snapshot and drop the log before it', async function (this: OmWorld) {
  const { control } = this.run;
  if (control === undefined)
    throw new EnvironmentError('CAPABILITY_BROKEN', 'no control service to take snapshots with');
  for (const node of this.line.nodes) if (!this.faults.down.has(node)) await control.snapshot(node);
});

When('{returning nodes} are started again', async function (this: OmWorld, returning: Returning) {
  const nodes = [...this.faults.down].filter((node) => returning === 'the killed nodes' || node !== this.leader);
  await this.faults.start(nodes);
  this.line.remember(await settle(this.run));
});

Then('every acknowledged write is there', async function (this: OmWorld) {
  if (this.record === undefined) throw new Error('no step of this scenario wrote under load');
  assertKept(await readBackAll(this.run, this.line, this.record, this.faults.down));
});

// The observable of HA-11: reading at each node does not help it to catch up, it only waits until it has.
Then('in the end every node shows every acknowledged write', async function (this: OmWorld) {
  if (this.record === undefined) throw new Error('no step of this scenario wrote under load');
  assertKept(await readBackAll(this.run, this.line, this.record, this.faults.down, 'every'));
});

/** Groups that are killed one after the other. */
function victimsOf(victims: Victims): Role[] {
  switch (victims) {
    case 'the leader':
    case 'a follower':
    case 'every node':
      return [victims];
    case 'a follower, then the leader,':
      return ['a follower', 'the leader'];
    case 'every follower, then the leader,':
      return ['every follower', 'the leader'];
  }
}
