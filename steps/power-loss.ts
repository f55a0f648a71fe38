/** Steps: nodes lose their power under load, and get it back. */
import { Then, When } from '@cucumber/cucumber';
import { assertStarted } from '../kit/assert/started.js';
import { writeWhileLosingPower } from '../kit/history/power-loss.js';
import { Draws } from '../kit/scenario/draws.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { settle } from '../kit/scenario/settled.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

When('{int} clients write while {node role} loses power', async function (this: OmWorld, clients, role: NodeRole) {
  const leader = this.leader ?? (await this.line.leader());
  this.leader = leader;
  const up = this.line.nodes.filter((node) => !this.faults.down.has(node));
  const draws = new Draws(this.run.seed, `power loss ${this.names.nextVolume()}`);
  const nodes = nodesInRole(role, up, leader);
  this.record = await writeWhileLosingPower(this.run, this.names, this.faults, { clients, nodes, draws });
  this.line.remember(undefined);
});

When('{node role} has power again', async function (this: OmWorld, role: NodeRole) {
  const nodes = nodesInRole(role, this.line.nodes, this.leader ?? '').filter((node) => this.faults.down.has(node));
  this.starts = await this.faults.tryToStart(nodes);
  if (this.starts.every(({ answer }) => answer.kind === 'started')) {
    this.leader = await settle(this.run);
    this.line.remember(this.leader);
  }
});

Then('every node that has power again has started', function (this: OmWorld) {
  assertStarted(this.starts);
});
