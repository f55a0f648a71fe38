/** Steps: the client asks the leader, and what it is answered. */
import { Then, When } from '@cucumber/cucumber';
import { assertCommandRepeated } from '../kit/assert/answer-command.js';
import { assertStatus } from '../kit/assert/answer-status.js';
import { answersAmong } from '../kit/assert/answers-given.js';
import { assertBusinessFailure } from '../kit/assert/business-failure.js';
import { assertRefusedWith } from '../kit/assert/refusal-class.js';
import { assertRoutingFailure } from '../kit/assert/routing-failure.js';
import { assertSuccessFlag } from '../kit/assert/success-flag.js';
import { assertOwner } from '../kit/assert/volume-owner.js';
import { accepted } from '../kit/run/leader.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { type UnknownPlace, withUnknown } from '../kit/scenario/unknown-parts.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

When('the client {operation}', async function (this: OmWorld, operation: Operation) {
  this.leader = await this.line.leader();
  const outcome = await this.line.send(operation);
  this.outcomes = [outcome];
  const outside = operation.kind === 'create-volume' && !operation.volume.startsWith(this.run.names.prefix);
  if (outside && accepted(outcome)) this.strays.push(operation.volume);
});

When(
  'the client {operation} with something unknown in {place}',
  async function (this: OmWorld, operation: Operation, place: UnknownPlace) {
    this.leader = await this.line.leader();
    const { request, options } = withUnknown(requestOf(operation), place);
    this.outcomes = [await this.line.send(request, options)];
  },
);

Then('the answer is {status}', async function (this: OmWorld, statuses: readonly string[]) {
  await judge(this, this.outcomes, () => assertStatus(this.outcomes, statuses));
});

// FR-GUAR-4 alone asks for something gone where calls before the answer may be refused.
Then('every answer is {status}', async function (this: OmWorld, statuses: readonly string[]) {
  await judge(this, this.outcomes, () => assertStatus(answersAmong(this.outcomes), statuses));
});

Then('the answer repeats the command', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertCommandRepeated(this.outcomes));
});

Then('the answer says success exactly when its status is OK', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertSuccessFlag(this.outcomes));
});

// W-3 says which of two ways a failure takes, whatever its status: one form for each way.
Then('the answer is a business failure', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertBusinessFailure(this.outcomes));
});

// The other way of W-3.
Then('the call is a routing failure', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertRoutingFailure(this.outcomes));
});

Then('the call is refused with {refusal}', async function (this: OmWorld, className: string) {
  await judge(this, this.outcomes, () => assertRefusedWith(this.outcomes, className));
});

Then('the answer shows {volume} of {string}', async function (this: OmWorld, volume: string, owner: string) {
  await judge(this, this.outcomes, () => {
    for (const outcome of this.outcomes) assertOwner(outcome, volume, owner);
  });
});
