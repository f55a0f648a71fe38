/**
 * Steps: calls that carry a state id. `the client` sends exactly the id that the step says; `client "foo"` sends what its own answers
 * have taught it. A call that is made to wait stays open until a later step ends what it waits for.
 */
import { Then, When } from '@cucumber/cucumber';
import { assertBlocksNamed } from '../kit/assert/blocks-named.js';
import { assertKnowsAll, assertToldLess, assertToldOfWhatItIsShown } from '../kit/assert/id-covers.js';
import { assertIdsInOrder } from '../kit/assert/id-order.js';
import { assertServesWhatItSays } from '../kit/assert/id-served.js';
import { GRACE_MS } from '../kit/assert/lateness.js';
import { assertNotRefusedForGood } from '../kit/assert/refusal-class.js';
import { assertIdsCarried, assertNoIds, assertNotInvented } from '../kit/assert/state-id.js';
import { assertWaits } from '../kit/assert/waits.js';
import { type AskedId, idFor } from '../kit/scenario/asked-id.js';
import { askAsItWakes, besideEchoes } from '../kit/scenario/at-once.js';
import { hasHeard } from '../kit/scenario/heard.js';
import { bringBack } from '../kit/scenario/hindrance.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { readFromStart } from '../kit/scenario/reads-from-start.js';
import type { CallOptions, Outcome, ReadHint } from '../kit/wire/outcome.js';
import { echoRead } from '../kit/wire/requests.js';
import { readVector, type StateVector } from '../kit/wire/state-vector.js';
import { hindered, there } from './faults.js';
import { judge } from './judge.js';
import { stillLedByOthers } from './lost-majority.js';
import { type NodeRole, named } from './parameters.js';
import { readStateId, STATE_ID } from './words/state-ids.js';
import { readWhere, WHERE, type Where } from './words/where.js';
import type { OmWorld } from './world.js';

/** Between reads that arrive one after the other: much less than any of them may wait. */
const ARRIVAL_MS = 100;

named('state id', STATE_ID, readStateId);
named('where', WHERE, readWhere);

When(
  'the client {operation} {where} with {state id}',
  async function (this: OmWorld, operation: Operation, where: Where, id: AskedId) {
    this.outcomes = await ask(this, operation, where, id);
  },
);

When(
  'the client {operation} {where} with {read hint} and {state id}',
  async function (this: OmWorld, operation: Operation, where: Where, hint: ReadHint, id: AskedId) {
    this.outcomes = await ask(this, operation, where, id, { hint });
  },
);

// FR-QUEUE-6 alone: a bound of each connection would be none.
When(
  'the client {operation} {where} with {state id} on another connection',
  async function (this: OmWorld, operation: Operation, where: Where, id: AskedId) {
    this.outcomes = await ask(this, operation, where, id, { connection: 'another' });
  },
);

// A hint says who may answer, an id how new the answer has to be: the rows are the hints.
When(
  'the client {operation} {where} with {read hint} and {state id}, and waits',
  async function (this: OmWorld, operation: Operation, where: Where, hint: ReadHint, id: AskedId) {
    await askOpen(this, operation, where, id, { hint });
  },
);

When(
  'the client {operation} {where} with {state id}, and waits',
  async function (this: OmWorld, operation: Operation, where: Where, id: AskedId) {
    await askOpen(this, operation, where, id);
  },
);

When('client {string} {operation}', async function (this: OmWorld, name: string, operation: Operation) {
  this.leader = await this.line.leader();
  this.outcomes = [await this.line.send(operation, { stateId: this.clients.vector(name) })];
  this.clients.learn(name, this.outcomes);
});

When(
  'client {string} {operation} {where}',
  async function (this: OmWorld, name: string, operation: Operation, where: Where) {
    const stateId = this.clients.vector(name);
    const nodes = nodesAt(this, where, await this.knownLeader());
    this.outcomes = await Promise.all(
      nodes.map((node) => this.run.client.call(node, requestOf(operation), { stateId })),
    );
    this.clients.learn(name, this.outcomes);
  },
);

When(
  'client {string} {operation} {where}, and waits',
  async function (this: OmWorld, name: string, operation: Operation, where: Where) {
    const stateId = this.clients.vector(name);
    const learn = (ended: Outcome) => this.clients.learn(name, [ended]);
    for (const node of nodesAt(this, where, await this.knownLeader())) {
      this.open.send(node, requestOf(operation), { stateId }, learn, name);
    }
  },
);

// FR-STATE-2 alone looks at what a confirmed answer teaches.
When(
  'client {string} {operation} {where} with {read hint}, and waits',
  async function (this: OmWorld, name: string, operation: Operation, where: Where, hint: ReadHint) {
    const options = { stateId: this.clients.vector(name), hint };
    const learn = (ended: Outcome) => this.clients.learn(name, [ended]);
    for (const node of nodesAt(this, where, await this.knownLeader())) {
      this.open.send(node, requestOf(operation), options, learn, name);
    }
  },
);

// What a node is asked to write has reached it by then, and is committed.
When('that node has heard what is committed', async function (this: OmWorld) {
  if (this.open.count > 0) await this.open.witnessed();
  await hasHeard(this.run, there(this));
});

// Reads that wait by the thousand: FR-MSYNC-8.
When(
  'the client {operation} {where} {int} times with {state id}, and waits',
  async function (this: OmWorld, operation: Operation, where: Where, times: number, id: AskedId) {
    await askOpen(this, operation, where, id, { times });
  },
);

// FR-QUEUE-5 alone: what arrives later must not move the end of a wait.
When(
  'the client {operation} {where} with {state id} again and again, until client {string} has its answer',
  async function (this: OmWorld, operation: Operation, where: Where, id: AskedId, name: string) {
    // A wait that has not ended by then is too long already.
    const endsAtMs = performance.now() + this.run.target.budgets.waitTimeoutMs + GRACE_MS;
    while (this.open.hasOpen(name) && performance.now() < endsAtMs) {
      await askOpen(this, operation, where, id);
      await new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS));
    }
    this.outcomes = await this.open.ends({ client: name });
  },
);

// A deadline that passes is the client's own: others that wait go on.
When(
  'the client {operation} {where} {int} times with {state id}, for {int} ms',
  async function (this: OmWorld, operation: Operation, where: Where, times: number, id: AskedId, deadlineMs: number) {
    await askOpen(this, operation, where, id, { times, deadlineMs });
    this.outcomes = await this.open.ends({ client: undefined });
  },
);

// FR-QUEUE-7 alone: a client that gives up says so, one that is gone does not.
When(
  'the client {operation} {where} {int} times with {state id}, and its connection breaks',
  async function (this: OmWorld, operation: Operation, where: Where, times: number, id: AskedId) {
    const breaking = new AbortController();
    await askOpen(this, operation, where, id, { times, breaks: breaking.signal });
    await this.open.witnessed({ breaks: breaking.signal });
    breaking.abort();
    this.outcomes = await this.open.ends();
  },
);

When(
  'client {string} {operation} there {int} times as it wakes',
  async function (this: OmWorld, name: string, operation: Operation, times: number) {
    const node = there(this);
    const options = { stateId: this.clients.vector(name) };
    this.outcomes = await askAsItWakes(this.run, this.faults, { node, operation, times, options });
    await stillLedByOthers(this, node);
  },
);

When('{node role} is restarted', async function (this: OmWorld, role: NodeRole) {
  const nodes = nodesInRole(role, this.line.nodes, await this.knownLeader());
  // What was sent there has reached it.
  if (this.open.count > 0) await this.open.witnessed();
  for (const node of nodes) await this.faults.restart(node);
});

When(
  'client {string} reads an echo and then {operation} {where}',
  async function (this: OmWorld, name: string, operation: Operation, where: Where) {
    const nodes = nodesAt(this, where, await this.knownLeader());
    this.clients.learn(name, await Promise.all(nodes.map((node) => this.run.client.call(node, echoRead))));
    const stateId = this.clients.vector(name);
    this.outcomes = await Promise.all(
      nodes.map((node) => this.run.client.call(node, requestOf(operation), { stateId })),
    );
  },
);

Then(
  'client {string} is shown {volume} of {string} if it knows what client {string} knows',
  function (this: OmWorld, one: string, volume: string, owner: string, other: string) {
    assertServesWhatItSays(this.outcomes, this.clients.taught(one), this.clients.taught(other), { volume, owner });
  },
);

// FR-ADMIT-6 alone asks a node that is not ready to answer: its rows are what the node lacks.
When(
  'client {string} {operation} there from its start on',
  async function (this: OmWorld, name: string, operation: Operation) {
    const options = { stateId: this.clients.vector(name) };
    this.outcomes = await readFromStart(this.run, this.faults, hindered(this), requestOf(operation), options);
  },
);

Then('no read was refused for good', function (this: OmWorld) {
  assertNotRefusedForGood(this.outcomes);
});

// FR-ADMIT-11 alone is about what is not in the state.
Then('every answer names the blocks that the leader names', async function (this: OmWorld) {
  const leader = await this.knownLeader();
  await judge(this, this.outcomes, () => assertBlocksNamed(this.outcomes, leader));
});

Then('the read waits', async function (this: OmWorld) {
  assertWaits(await this.open.witnessed());
});

// What is open has reached its node by then: a wrong answer was possible, and has come.
When('it comes back', async function (this: OmWorld) {
  if (hindered(this).hindrance === 'has stopped applying' && this.open.count > 0) await this.open.witnessed();
  await comesBack(this);
  await theWaitIsOver(this);
});

// FR-QUEUE-3 alone looks at a clock: what the machine adds is measured at the same moment.
When('it comes back, while echoes are timed on the others', async function (this: OmWorld) {
  const others = this.line.nodes.filter((node) => node !== there(this));
  await this.open.witnessed();
  this.echoesBeside = await besideEchoes(this.run, others, async () => {
    await comesBack(this);
    await theWaitIsOver(this);
  });
});

// FR-QUEUE-4: what nobody can answer yet stays open meanwhile.
When('it comes back, and client {string} has its answer', async function (this: OmWorld, name: string) {
  await this.open.witnessed();
  await comesBack(this);
  this.outcomes = await this.open.ends({ client: name });
});

// Nobody comes back: the node itself, or others, end the wait. What else is open has nothing to do with it.
When('the wait is over', async function (this: OmWorld) {
  this.outcomes = await this.open.ends({ client: undefined });
});

Then('every answer carries a state id', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertIdsCarried(this.outcomes));
});

Then('client {string} knows all that client {string} knows', function (this: OmWorld, one: string, other: string) {
  assertKnowsAll(this.clients.taught(one), this.clients.taught(other));
});

// FR-GUAR-2 alone: what a read shows beyond what it waited for.
Then(
  'client {string} is told more than before if it is shown {volume} of {string}',
  function (this: OmWorld, one: string, volume: string, owner: string) {
    assertToldOfWhatItIsShown(this.outcomes, this.clients.taught(one), { volume, owner });
  },
);

Then('client {string} is told less than client {string} knows', function (this: OmWorld, one: string, other: string) {
  assertToldLess(this.clients.taught(one), this.clients.taught(other));
});

// The observable of FR-STATE-7, whose rows are what is asked.
Then('no answer carries a state id', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertNoIds(this.outcomes));
});

// The observable of FR-STATE-3.
Then('no node has ever said a lower id than before', function (this: OmWorld) {
  const { pairs = [], unacknowledged = [] } = this.rounds ?? {};
  assertIdsInOrder([...pairs.flatMap(({ write, read }) => [write, read]), ...unacknowledged, ...this.outcomes]);
});

// The observable of FR-STATE-5: the id is one that an earlier step has sent.
Then('no node claims an id that nobody has written', function (this: OmWorld) {
  assertNotInvented(this.outcomes, sentBefore(this));
});

async function comesBack(world: OmWorld): Promise<void> {
  await bringBack(world.faults, hindered(world));
  world.backAtMs = performance.now();
}

/** Judged is what the scenario asked last, and what it asked as well: not a write that a read waits for. */
async function theWaitIsOver(world: OmWorld): Promise<void> {
  const ended = await world.open.ends();
  const asked = ended.at(-1)?.request.cmdType;
  world.outcomes = ended.filter(({ request }) => request.cmdType === asked);
}

async function ask(
  world: OmWorld,
  operation: Operation,
  where: Where,
  id: AskedId,
  options: CallOptions = {},
): Promise<Outcome[]> {
  const leader = await world.knownLeader();
  const last = world.outcomes;
  return await Promise.all(
    nodesAt(world, where, leader).map(async (node) => {
      const stateId = await idFor(world.run, id, { node, leader, last });
      if (stateId !== undefined) world.sentId = stateId;
      return await world.run.client.call(node, requestOf(operation), { ...options, stateId });
    }),
  );
}

async function askOpen(
  world: OmWorld,
  operation: Operation,
  where: Where,
  id: AskedId,
  { times = 1, ...options }: CallOptions & { readonly times?: number } = {},
): Promise<void> {
  const leader = await world.knownLeader();
  for (const node of nodesAt(world, where, leader)) {
    const stateId = await idFor(world.run, id, { node, leader, last: world.outcomes });
    if (stateId !== undefined) world.sentId = stateId;
    for (let sent = 0; sent < times; sent += 1) world.open.send(node, requestOf(operation), { ...options, stateId });
  }
}

/** The id that a step has sent. Where several were, the last: nodes that are asked at once are sent the same. */
export function sentBefore({ sentId }: OmWorld): StateVector {
  const read = typeof sentId === 'string' ? readVector(sentId) : { kind: 'vector' as const, vector: sentId };
  if (read.kind !== 'vector' || read.vector === undefined) throw new Error('no step of this scenario sent a state id');
  return read.vector;
}

export function nodesAt(world: OmWorld, where: Where, leader: string): readonly string[] {
  if (where === 'there') return [there(world)];
  if (where !== 'the learner') return nodesInRole(where, world.line.nodes, leader);
  if (world.member === undefined) throw new Error('no step of this scenario made a learner');
  return [world.member];
}
