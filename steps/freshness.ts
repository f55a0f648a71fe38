/** Steps: reads after acknowledged writes, also on followers that something keeps behind. */
import { Then, When } from '@cucumber/cucumber';
import { assertFresh } from '../kit/assert/fresh-read.js';
import { EnvironmentError } from '../kit/failure.js';
import { type AskedId, idFor } from '../kit/scenario/asked-id.js';
import type { Change } from '../kit/scenario/change.js';
import { readWhileComingBack } from '../kit/scenario/hindered.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { callDuring, changeAndRead, type Rounds } from '../kit/scenario/rounds.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { hindered } from './faults.js';
import { judge } from './judge.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

When(
  'the client {operation} there with {read hint} as it comes back',
  async function (this: OmWorld, operation: Operation, hint: ReadHint) {
    this.outcomes = [await readWhileComingBack(this.run, this.line, this.faults, hindered(this), operation, hint)];
  },
);

When(
  '{int} clients {change} {int} times each and read it on {node role}',
  async function (this: OmWorld, clients: number, change: Change, times: number, role: NodeRole) {
    this.rounds = await changeAndReadAt(this, role, { change, clients, times });
  },
);

// The observable of FR-STATE-3 is about all that a node says meanwhile: its rows are what it is asked.
When(
  '{int} clients {change} {int} times each and read it on every node, while another {operation} there with {state id}',
  async function (this: OmWorld, clients: number, change: Change, times: number, operation: Operation, id: AskedId) {
    const { line, run } = this;
    const leader = await this.knownLeader();
    const work = changeAndReadAt(this, 'every node', { change, clients, times });
    const ask = async (node: string) => {
      const stateId = await idFor(run, id, { node, leader, last: [] });
      return await run.client.call(node, requestOf(operation), { stateId });
    };
    this.outcomes = await callDuring(work, async () => await Promise.all(line.nodes.map(ask)));
    this.rounds = await work;
  },
);

Then('every read shows the change acknowledged before it', async function (this: OmWorld) {
  const { pairs = [], unacknowledged = [] } = this.rounds ?? {};
  if (pairs.length === 0)
    throw new EnvironmentError('GIVEN_NOT_MET', `none of ${unacknowledged.length} writes was acknowledged`);
  const reads = pairs.map(({ read }) => read);
  await judge(this, reads, () => assertFresh(pairs));
});

async function changeAndReadAt(
  world: OmWorld,
  role: NodeRole,
  plan: { readonly change: Change; readonly clients: number; readonly times: number },
): Promise<Rounds> {
  const { line, names } = world;
  const nodes = nodesInRole(role, line.nodes, await world.knownLeader());
  const hint = 'LINEARIZABLE_ALLOW_FOLLOWER';
  return await changeAndRead(line, names, plan, async (read) =>
    role === 'the leader'
      ? [await line.read(read)]
      : await Promise.all(nodes.map((node) => line.readAt(node, read, { hint }))),
  );
}
