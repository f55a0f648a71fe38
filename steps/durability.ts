/** Steps: nodes are lost under load, and what had been acknowledged is read back. */
import { Then, When } from '@cucumber/cucumber';
import { assertKept } from '../kit/assert/kept.js';
import { readBackAll, writeWhileKilling } from '../kit/history/loss.js';
import { nodesInRole, type Role } from '../kit/scenario/node-role.js';
import { settle } from '../kit/scenario/settled.js';
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

When('{returning nodes} are started again', async function (this: OmWorld, returning: Returning) {
  const nodes = [...this.faults.down].filter((node) => returning === 'the killed nodes' || node !== this.leader);
  await this.faults.start(nodes);
  this.line.remember(await settle(this.run));
});

Then('every acknowledged write is there', async function (this: OmWorld) {
  if (this.record === undefined) throw new Error('no step of this scenario wrote under load');
  assertKept(await readBackAll(this.run, this.line, this.record, this.faults.down));
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
