/** Steps: nodes that are ended, frozen, held back or cut off. What the scenario does not undo is undone at its end. */
import { Given } from '@cucumber/cucumber';
import { catchUp } from '../kit/scenario/caught-up.js';
import { type Hindered, type Hindrance, hinder } from '../kit/scenario/hindrance.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

Given('a follower that {hindrance}', async function (this: OmWorld, hindrance: Hindrance) {
  await hinderRole(this, 'a follower', hindrance);
});

Given('from now on {node role} {hindrance}', async function (this: OmWorld, role: NodeRole, hindrance: Hindrance) {
  await hinderRole(this, role, hindrance);
});

/** What the last such step hindered. */
export function hindered(world: OmWorld): Hindered {
  if (world.hindered === undefined) throw new Error('no step of this scenario hindered a node');
  return world.hindered;
}

/** The node that `there` means in a step: the first that was hindered. */
export function there(world: OmWorld): string {
  return hindered(world).nodes[0] ?? '';
}

async function hinderRole(world: OmWorld, role: NodeRole, hindrance: Hindrance): Promise<void> {
  const leader = world.leader ?? (await world.line.leader());
  world.leader = leader;
  const up = world.line.nodes.filter((node) => !world.faults.down.has(node));
  world.hindered = { nodes: nodesInRole(role, up, leader), hindrance };
  // What it knew when it was cut off or stopped is known then: of a node that was just started, it might be nothing at all.
  if (hindrance !== 'is down' && hindrance !== 'is frozen') {
    await Promise.all(world.hindered.nodes.map((node) => catchUp(world.run, node, leader)));
  }
  await hinder(world.faults, world.hindered);
  // Who leads from now on is for later steps to find out.
  if (role === 'the leader') world.line.remember(undefined);
}
