/** Steps: commands of every kind that carry a state id (FR-ADMIT-2, FR-ADMIT-3), on what the Givens of a scenario have made. */
import { When } from '@cucumber/cucumber';
import { type AskedId, idFor } from '../kit/scenario/asked-id.js';
import type { CommandName } from '../kit/scenario/command-message.js';
import { carriedOut, commandCall } from '../kit/scenario/commands-with-id.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

When(
  'the client sends {commands} to {node role} with {state id}',
  async function (this: OmWorld, commands: readonly CommandName[], role: NodeRole, id: AskedId) {
    const calls = await prepare(this, commands, role, id);
    this.outcomes = await Promise.all(
      calls.map(({ node, request, options }) => this.run.client.call(node, request, options)),
    );
  },
);

// The coordinated commands are one outline. What an OM does not carry out has no class: it is left out, and never all of a row.
When(
  'the client sends {commands} to {node role} with {state id}, and waits',
  async function (this: OmWorld, commands: readonly CommandName[], role: NodeRole, id: AskedId) {
    const known = await carriedOut(this.run, this.names, await this.knownLeader(), commands);
    for (const { node, request, options } of await prepare(this, known, role, id)) {
      this.open.send(node, request, options);
    }
  },
);

async function prepare(world: OmWorld, commands: readonly CommandName[], role: NodeRole, id: AskedId) {
  const { line, names, run } = world;
  const leader = await world.knownLeader();
  const { outcomes: last } = world;
  const calls = nodesInRole(role, line.nodes, leader).map(async (node) => {
    const stateId = await idFor(run, id, { node, leader, last });
    return commands.map((command) => ({ node, ...commandCall(names, command, stateId) }));
  });
  return (await Promise.all(calls)).flat();
}
