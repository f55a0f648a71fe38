/** Steps: calls that a client names and sends again. */
import { Given, Then, When } from '@cucumber/cucumber';
import { assertAnsweredAlike } from '../kit/assert/answered-alike.js';
import { assertCallExpiry, CLOCK_SKEW_MS } from '../kit/assert/call-expiry.js';
import { assertCallIdRepeated } from '../kit/assert/call-id-repeated.js';
import { assertCarriedOutOnce } from '../kit/assert/carried-out-once.js';
import { assertIdsNotLower } from '../kit/assert/id-order.js';
import { repeatWhile } from '../kit/history/repeated-calls.js';
import { type AskedId, idFor } from '../kit/scenario/asked-id.js';
import { type NamedCall, NamedCalls, optionsOf, sendNamed } from '../kit/scenario/named-calls.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { settle } from '../kit/scenario/settled.js';
import { type UnknownPlace, withUnknown } from '../kit/scenario/unknown-parts.js';
import { judge } from './judge.js';
import { type NodeRole, oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

type Lost = 'the leader' | 'every node';
oneOf<Lost>('lost', ['the leader', 'every node']);

/** On top of the keys of the stage. */
const EXPIRY = 'ozone.om.retry.cache.expiry';

Given('the memory of calls lasts {int} seconds', async function (this: OmWorld, seconds: number) {
  await this.faults.configure({ [EXPIRY]: `${seconds}s` });
  this.line.remember(await settle(this.run));
});

When('the client {operation} as call {string}', async function (this: OmWorld, operation: Operation, word: string) {
  const call = callsOf(this).name(word, requestOf(operation));
  // Another request under a name that is taken is no attempt of that call.
  const sent = { ...call, request: { ...requestOf(operation), clientId: call.request.clientId } };
  const isFirst = call.attempts.length === 0;
  await repeat(this, isFirst ? call : { ...sent, attempts: [] });
});

// Of the ways in which an attempt goes before the first execution, the one that can be brought about at will.
When(
  'the client {operation} as call {string} on {node role}',
  async function (this: OmWorld, operation: Operation, word: string, role: NodeRole) {
    const call = callsOf(this).name(word, requestOf(operation));
    const nodes = nodesInRole(role, this.line.nodes, await lead(this));
    await Promise.all(nodes.map((node) => attempt(this, node, call)));
  },
);

// The one outline about attempts during the first execution; its rows are the operations.
When(
  'the client {operation} as call {string} {int} times at once',
  async function (this: OmWorld, operation: Operation, word: string, times: number) {
    const call = callsOf(this).name(word, requestOf(operation));
    const leader = await lead(this);
    this.outcomes = await Promise.all(Array.from({ length: times }, () => attempt(this, leader, call)));
  },
);

// FR-STATE-1 alone sends a call id that is none: what it is refused with is no rule's business.
When(
  'the client {operation} on {node role} with the call id {string}',
  async function (this: OmWorld, operation: Operation, role: NodeRole, callId: string) {
    const nodes = nodesInRole(role, this.line.nodes, await this.knownLeader());
    const metadata = { 'om-call-id': callId };
    this.outcomes = await Promise.all(
      nodes.map((node) => this.run.client.call(node, requestOf(operation), { metadata })),
    );
  },
);

When('the client sends call {string} again', async function (this: OmWorld, word: string) {
  await repeat(this, callsOf(this).named(word));
});

// FR-STATE-6 alone says an id with a call that was carried out.
When('the client sends call {string} again with {state id}', async function (this: OmWorld, word: string, id: AskedId) {
  const call = callsOf(this).named(word);
  const leader = await lead(this);
  const stateId = await idFor(this.run, id, { node: leader, leader, last: this.outcomes });
  this.outcomes = [await this.line.send(call.request, { ...optionsOf(call), stateId })];
});

When(
  'the client sends call {string} again with something unknown in {place}',
  async function (this: OmWorld, word: string, place: UnknownPlace) {
    const call = callsOf(this).named(word);
    await lead(this);
    const { clientId, ...asked } = call.request;
    const { request, options } = withUnknown(asked, place);
    const metadata = { ...options.metadata, ...optionsOf(call).metadata };
    const named = { ...request, clientId };
    const outcome = await this.line.send(named, { ...options, metadata });
    this.outcomes = [outcome];
    // What is unknown inside the command makes it another request.
    if (place === 'the request' || place === 'the metadata') call.attempts.push(outcome);
  },
);

When('{lost} is killed, and the cluster goes on', async function (this: OmWorld, lost: Lost) {
  await this.faults.kill(nodesInRole(lost, this.line.nodes, await lead(this)));
  this.line.remember(undefined);
  if (lost === 'every node') await this.faults.start([...this.faults.down]);
  this.leader = await this.line.lookAgain();
});

// LE-RETRY-4 alone is about time: it passes, and nothing that could be waited for happens.
When(
  'the client sends call {string} again more than {int} seconds after its answer',
  async function (this: OmWorld, word: string, seconds: number) {
    const call = callsOf(this).named(word);
    const [first] = call.attempts;
    if (first === undefined) throw new Error(`call "${word}" was never sent`);
    const atMs = first.endedAtMs + seconds * 1000 + CLOCK_SKEW_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.ceil(atMs - performance.now()) + 1)));
    await repeat(this, call);
  },
);

// This step and the two that belong to it: whatever else may be between two attempts is in here, by chance and in number.
When(
  '{int} clients send each call until it is answered while {lost} is killed',
  async function (this: OmWorld, clients: number, lost: Lost) {
    const nodes = nodesInRole(lost, this.line.nodes, await lead(this));
    this.calls = await repeatWhile(this.run, this.names, clients, async () => {
      await this.faults.kill(nodes);
      if (lost === 'every node') await this.faults.start(nodes);
    });
    this.line.remember(undefined);
  },
);

// Belongs to the step above.
When('every client sends its calls again', async function (this: OmWorld) {
  this.leader = await this.line.lookAgain();
  for (const call of this.calls) await sendNamed(this.line, call);
});

Then('call {string} was answered alike each time', async function (this: OmWorld, word: string) {
  const { attempts } = callsOf(this).named(word);
  await judge(this, attempts, () => assertAnsweredAlike(attempts));
});

Then('every answer to call {string} repeats its id', async function (this: OmWorld, word: string) {
  const { attempts, callId } = callsOf(this).named(word);
  await judge(this, attempts, () => assertCallIdRepeated(attempts, callId));
});

Then('no later answer to call {string} says a lower id', async function (this: OmWorld, word: string) {
  const { attempts } = callsOf(this).named(word);
  await judge(this, attempts, () => assertIdsNotLower(attempts));
});

// The observable of these clients.
Then('every call was carried out once', function (this: OmWorld) {
  assertCarriedOutOnce(this.calls.map(({ attempts }) => attempts));
});

Then(
  'call {string} was remembered for {int} seconds and no longer',
  async function (this: OmWorld, word: string, seconds: number) {
    const { attempts } = callsOf(this).named(word);
    await judge(this, attempts, () => assertCallExpiry(attempts, seconds * 1000));
  },
);

async function repeat(world: OmWorld, call: NamedCall): Promise<void> {
  await lead(world);
  world.outcomes = [await sendNamed(world.line, call)];
}

async function attempt(world: OmWorld, node: string, call: NamedCall) {
  const outcome = await world.run.client.call(node, call.request, optionsOf(call));
  call.attempts.push(outcome);
  return outcome;
}

async function lead(world: OmWorld): Promise<string> {
  const leader = await world.line.leader();
  world.leader = leader;
  return leader;
}

function callsOf(world: OmWorld): NamedCalls {
  world.namedCalls ??= new NamedCalls(`${world.names.volumePrefix}client`);
  return world.namedCalls;
}
