/** Steps: requests that no OM should carry out, and that the node goes on as if they had not been. */
import { Then, When } from '@cucumber/cucumber';
import { assertGrpcRefusal, type GrpcStatus } from '../kit/assert/grpc-refusal.js';
import { assertNoSuccess } from '../kit/assert/no-success.js';
import { assertNothingChanged } from '../kit/assert/nothing-changed.js';
import { assertNodeServes, assertSameConnection } from '../kit/assert/still-serves.js';
import {
  askedOfNothing,
  bare,
  COMMAND_NAMES,
  type CommandName,
  FOREIGN_COMMANDS,
  type ForeignCommand,
  underNumber,
} from '../kit/scenario/command-message.js';
import { damaged, FAULTS, type Fault, withNameThatIsNoText } from '../kit/scenario/damaged-message.js';
import { ofSize } from '../kit/scenario/large-message.js';
import { type Operation, type Request, requestOf, subjectRead } from '../kit/scenario/operation.js';
import { look, surveyOf } from '../kit/scenario/survey.js';
import type { CallOptions, Outcome } from '../kit/wire/outcome.js';
import { echoWrite } from '../kit/wire/requests.js';
import { judge } from './judge.js';
import { oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

/** Bad requests have a connection of their own: what one does to it disturbs no other call. */
const CONNECTION = 'wire';

oneOf<Fault>('fault', FAULTS);
oneOf<CommandName>('command', COMMAND_NAMES);
oneOf<ForeignCommand>('foreign command', FOREIGN_COMMANDS);
oneOf<GrpcStatus>('gRPC status', ['UNIMPLEMENTED', 'RESOURCE_EXHAUSTED', 'INVALID_ARGUMENT']);

When(
  'the client {operation} in a message that {fault}',
  async function (this: OmWorld, operation: Operation, fault: Fault) {
    await submit(this, requestOf(operation), operation, (request) => ({ message: damaged(request, fault) }));
  },
);

// Neither a fault of form nor a missing field: W-5 alone speaks of text that is none.
When('the client {operation} with a name that is not UTF-8', async function (this: OmWorld, operation: Operation) {
  await submit(this, requestOf(operation), operation, (request) => ({ message: withNameThatIsNoText(request) }));
});

When(
  'the client {operation} in a message of {int} bytes',
  async function (this: OmWorld, operation: Operation, bytes: number) {
    await submit(this, requestOf(operation), operation, (request) => ({ message: ofSize(request, bytes) }));
  },
);

// W-7 alone speaks of other methods; its rows are the methods.
When('the client {operation} by method {string}', async function (this: OmWorld, operation: Operation, method: string) {
  await submit(this, requestOf(operation), operation, () => ({ method }));
});

// W-8 alone speaks of numbers that are no command; its rows are the numbers.
When(
  'the client {operation} under command number {int}',
  async function (this: OmWorld, operation: Operation, number: number) {
    await submit(this, requestOf(operation), operation, (request) => ({ message: underNumber(request, number) }));
  },
);

// The second half of W-8; its rows are the commands.
When('the client asks for {foreign command} where nothing is', async function (this: OmWorld, command: ForeignCommand) {
  const nowhere = { volume: this.names.volume('nowhere'), bucket: this.names.bucket('nowhere'), key: 'nothing' };
  await submit(this, bare(command), undefined, () => ({ message: askedOfNothing(command, nowhere) }));
});

// W-12 alone leaves a request out; its rows are the commands.
When('the client sends {command} without its request', async function (this: OmWorld, command: CommandName) {
  await submit(this, bare(command), undefined, () => ({}));
});

Then('the call is refused by gRPC', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertGrpcRefusal(this.outcomes));
});

Then('the call is refused by gRPC with {gRPC status}', async function (this: OmWorld, status: GrpcStatus) {
  await judge(this, this.outcomes, () => assertGrpcRefusal(this.outcomes, status));
});

Then('the command is not reported as done', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertNoSuccess(this.outcomes));
});

Then('nothing has changed', async function (this: OmWorld) {
  if (this.survey === undefined) throw new Error('no step of this scenario looked at what was there before');
  const { reads, before } = this.survey;
  const after = await look(this.line, reads);
  await judge(this, after, () => assertNothingChanged(before, after, this.outcomes));
});

Then('the node serves the next call', async function (this: OmWorld) {
  const next = await nextCall(this);
  await judge(this, [next], () => assertNodeServes(this.outcomes, next));
});

// W-5 alone demands it: a connection is shared by calls that have nothing to do with the bad one.
Then('the same connection serves the next call', async function (this: OmWorld) {
  const next = await nextCall(this);
  await judge(this, [next], () => assertSameConnection(this.outcomes, next));
});

/** Sends one request to the leader, which is the node that could carry it out; everything is looked at before. */
async function submit(
  world: OmWorld,
  request: Request,
  operation: Operation | undefined,
  options: (request: Request) => CallOptions,
): Promise<void> {
  const { line, names, volumes, buckets, keys } = world;
  world.leader = await line.leader();
  const reads = [
    ...surveyOf(names, [...volumes.places(), ...buckets.places(), ...keys.places()]),
    ...(operation === undefined ? [] : [subjectRead(operation)]),
  ];
  world.survey = { reads, before: await look(line, reads) };
  world.outcomes = [await line.send(request, { ...options(request), connection: CONNECTION })];
}

/** To the node that got the bad request, whoever leads by now: a write, so that it stands behind what that request started. */
async function nextCall({ outcomes, run }: OmWorld): Promise<Outcome> {
  const node = outcomes.at(-1)?.node;
  if (node === undefined) throw new Error('no step of this scenario sent a bad request');
  return await run.client.call(node, echoWrite, { connection: CONNECTION });
}
