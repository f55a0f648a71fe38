/** Steps: who leads, and what the other nodes do with requests that are not theirs. */
import { Given, Then, When } from '@cucumber/cucumber';
import { assertNoTrace } from '../kit/assert/nowhere.js';
import { assertOneLeader } from '../kit/assert/one-leader.js';
import { assertSuggestionsLead } from '../kit/assert/suggested-leader.js';
import { type Change, planChange } from '../kit/scenario/change.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf, subjectRead } from '../kit/scenario/operation.js';
import { settle } from '../kit/scenario/settled.js';
import { followSuggestions } from '../kit/scenario/suggestions.js';
import type { Outcome, ReadHint } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

Given('a settled cluster', async function (this: OmWorld) {
  this.leader = await settle(this.run);
  this.line.remember(this.leader);
});

When('the client {operation} on {node role}', async function (this: OmWorld, operation: Operation, role: NodeRole) {
  const before = await this.line.read(subjectRead(operation));
  this.outcomes = await sendTo(this, role, operation, undefined);
  this.subject = { operation, before };
});

When(
  'the client {operation} on {node role} with {read hint}',
  async function (this: OmWorld, operation: Operation, role: NodeRole, hint: ReadHint) {
    this.outcomes = await sendTo(this, role, operation, hint);
  },
);

When('every node is asked {int} times at once to create a volume', async function (this: OmWorld, times: number) {
  const rounds: Outcome[][] = [];
  for (let round = 0; round < times; round += 1) {
    rounds.push(
      await Promise.all(
        this.line.nodes.map((node) =>
          this.run.client.call(node, requestOf(planChange('create a volume', this.names).write)),
        ),
      ),
    );
  }
  this.writeRounds = rounds;
});

// HA-3 alone follows suggestions; its examples are rows of one outline.
When(
  'the client asks every follower to {change}, and then the leader that it names',
  async function (this: OmWorld, change: Change) {
    this.suggestions = await followSuggestions(this.run, this.line, this.names, leaderOf(this), change);
  },
);

Then('the leader alone accepted, each time', async function (this: OmWorld) {
  const leader = leaderOf(this);
  await judge(this, this.writeRounds.flat(), () => assertOneLeader(this.writeRounds, leader));
});

// The observable of HA-2: what a refused write could have left behind.
Then('nothing has changed on any node', async function (this: OmWorld) {
  if (this.subject === undefined) throw new Error('no step of this scenario wrote on chosen nodes');
  const { operation, before } = this.subject;
  const leader = leaderOf(this);
  const read = subjectRead(operation);
  const others = this.line.nodes.filter((node) => node !== leader);
  // Where a follower serves no linearizable reads, it shows nothing, and a stale read would prove nothing.
  const hint = 'LINEARIZABLE_ALLOW_FOLLOWER';
  const reads = [
    await this.line.read(read),
    ...(await Promise.all(others.map((node) => this.run.client.call(node, requestOf(read), { hint })))),
  ];
  await judge(this, reads, () => assertNoTrace(before, reads, leader));
});

// The observable of HA-3; it belongs to the When above it.
Then('every leader so named accepts', async function (this: OmWorld) {
  const { refusals, followed } = this.suggestions ?? { refusals: [], followed: [] };
  const outcomes = followed.flatMap(({ outcome }) => outcome ?? []);
  await judge(this, [...refusals, ...outcomes], () => assertSuggestionsLead(followed));
});

async function sendTo(
  world: OmWorld,
  role: NodeRole,
  operation: Operation,
  hint: ReadHint | undefined,
): Promise<Outcome[]> {
  const leader = leaderOf(world);
  const nodes = nodesInRole(role, world.line.nodes, leader);
  const options = hint === undefined ? {} : { hint };
  return await Promise.all(nodes.map((node) => world.run.client.call(node, requestOf(operation), options)));
}

function leaderOf(world: OmWorld): string {
  if (world.leader === undefined) throw new Error('the scenario does not say that the cluster is settled');
  return world.leader;
}
