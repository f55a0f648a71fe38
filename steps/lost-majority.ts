/** Steps: calls to a leader that has lost its majority, or has slept through its successor's election. */
import { Given, Then, When } from '@cucumber/cucumber';
import { answersAmong, answersIfAny } from '../kit/assert/answers-given.js';
import { assertShown } from '../kit/assert/fresh-read.js';
import { GRACE_MS } from '../kit/assert/lateness.js';
import { assertNoneIsNone } from '../kit/assert/said-outcome.js';
import { assertAnsweredInTime, assertNotAcknowledged, assertNotConfirmed } from '../kit/assert/unconfirmed.js';
import { EnvironmentError, UndecidedError } from '../kit/failure.js';
import { askAsItWakes, askAtOnce } from '../kit/scenario/at-once.js';
import { planChange } from '../kit/scenario/change.js';
import { bringAbout } from '../kit/scenario/given.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { settle } from '../kit/scenario/settled.js';
import type { Outcome, ReadHint } from '../kit/wire/outcome.js';
import { there } from './faults.js';
import type { NodeRole } from './parameters.js';
import type { OmWorld } from './world.js';

Given('its successor gave {volume} to {string}', async function (this: OmWorld, volume: string, owner: string) {
  await bringAbout(this.line, { kind: 'set-owner', volume, owner });
  const former = there(this);
  const leader = await this.line.leader();
  if (leader === former) throw new EnvironmentError('GIVEN_NOT_MET', `${former} still leads, so it has no successor`);
});

When('the client {operation} there {int} times at once', async function (this: OmWorld, operation, times) {
  this.outcomes = await askAtOnce(this.run, { node: there(this), operation, times });
});

When(
  'the client {operation} there {int} times at once with {read hint}',
  async function (this: OmWorld, operation: Operation, times: number, hint: ReadHint) {
    this.outcomes = await askAtOnce(this.run, { node: there(this), operation, times, options: { hint } });
  },
);

When('the client {operation} there {int} times as it wakes', async function (this: OmWorld, operation, times) {
  const node = there(this);
  this.outcomes = await askAsItWakes(this.run, this.faults, { node, operation, times });
  await stillLedByOthers(this, node);
});

When(
  'the client {operation} there {int} times as it wakes with {read hint}',
  async function (this: OmWorld, operation: Operation, times: number, hint: ReadHint) {
    const node = there(this);
    this.outcomes = await askAsItWakes(this.run, this.faults, { node, operation, times, options: { hint } });
    await stillLedByOthers(this, node);
  },
);

// A volume of its own for each call, so that each can be looked for afterwards.
When('{int} clients create a volume each on {node role}', async function (this: OmWorld, clients, role: NodeRole) {
  const leader = this.leader ?? (await this.line.leader());
  const [node = ''] = nodesInRole(role, this.line.nodes, leader);
  const deadlineMs = this.run.target.budgets.writeTimeoutMs + GRACE_MS;
  this.outcomes = await Promise.all(
    Array.from({ length: clients }, () => {
      const { write } = planChange('create a volume', this.names);
      return this.run.client.call(node, requestOf(write), { deadlineMs });
    }),
  );
});

Then('no write is acknowledged', function (this: OmWorld) {
  assertNotAcknowledged(this.outcomes);
});

Then('no read is confirmed', function (this: OmWorld) {
  assertNotConfirmed(this.outcomes);
});

// The observable of HA-17.
Then('each is answered within the write time-out', function (this: OmWorld) {
  assertAnsweredInTime(this.outcomes, this.run.target.budgets.writeTimeoutMs);
});

Then('every answer shows {volume} of {string}', function (this: OmWorld, volume: string, owner: string) {
  assertShown(answersAmong(this.outcomes), { kind: 'volume', volume, owner });
});

// Where a refusal is right as well: who refuses shows nothing old.
Then('every answer, if any, shows {volume} of {string}', function (this: OmWorld, volume: string, owner: string) {
  const answers = answersIfAny(this.outcomes);
  if (answers.length > 0) assertShown(answers, { kind: 'volume', volume, owner });
});

// What was hindered comes back first, so that each node can be asked.
Then('in the end every node shows {volume} of {string}', async function (this: OmWorld, volume: string, owner: string) {
  await this.faults.putBack();
  this.line.remember(await settle(this.run));
  const hint = 'LINEARIZABLE_ALLOW_FOLLOWER';
  const reads = await Promise.all(
    this.line.nodes.map((node) => this.line.readAt(node, { kind: 'read-volume', volume }, { hint })),
  );
  assertShown(reads, { kind: 'volume', volume, owner });
});

// The observable of HA-16: it looks once what was hindered is back and the cluster has accepted other writes.
Then('in the end what said that it cannot happen has not happened', async function (this: OmWorld) {
  const attempts = this.outcomes;
  await this.faults.putBack();
  this.line.remember(await settle(this.run));
  const readBacks: { attempt: Outcome; read: Outcome }[] = [];
  for (const attempt of attempts) {
    const volume = attempt.request.createVolumeRequest?.volumeInfo.volume ?? '';
    readBacks.push({ attempt, read: await this.line.read({ kind: 'read-volume', volume }) });
  }
  assertNoneIsNone(readBacks);
});

/** A node that was elected again while it was asked may acknowledge what it likes. */
export async function stillLedByOthers(world: OmWorld, node: string): Promise<void> {
  const leader = await settle(world.run);
  world.line.remember(leader);
  if (leader === node) throw new UndecidedError(`${node} was elected again while it was asked`);
}
