/** Steps: reads after acknowledged writes, also on followers that something keeps behind. */
import { Then, When } from '@cucumber/cucumber';
import { assertFresh } from '../kit/assert/fresh-read.js';
import { EnvironmentError } from '../kit/failure.js';
import type { Change } from '../kit/scenario/change.js';
import { readWhileComingBack } from '../kit/scenario/hindered.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import type { Operation } from '../kit/scenario/operation.js';
import { changeAndRead } from '../kit/scenario/rounds.js';
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
    const leader = this.leader ?? (await this.line.leader());
    this.leader = leader;
    const nodes = nodesInRole(role, this.line.nodes, leader);
    const hint = 'LINEARIZABLE_ALLOW_FOLLOWER';
    this.rounds = await changeAndRead(this.line, this.names, { change, clients, times }, async (read) =>
      role === 'the leader'
        ? [await this.line.read(read)]
        : await Promise.all(nodes.map((node) => this.line.readAt(node, read, { hint }))),
    );
  },
);

Then('every read shows the change acknowledged before it', async function (this: OmWorld) {
  const { pairs = [], unacknowledged = [] } = this.rounds ?? {};
  if (pairs.length === 0)
    throw new EnvironmentError('GIVEN_NOT_MET', `none of ${unacknowledged.length} writes was acknowledged`);
  const reads = pairs.map(({ read }) => read);
  await judge(this, reads, () => assertFresh(pairs));
});
