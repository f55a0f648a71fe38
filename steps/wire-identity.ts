/** Steps: for whom a write is made, and whose its object is. */
import { Then, When } from '@cucumber/cucumber';
import { assertRights } from '../kit/assert/user-rights.js';
import {
  ADDRESS_HEADERS,
  type AddressHeaders,
  actingAs,
  MADE,
  type Made,
  makeAs,
  type Place,
  readOfMade,
} from '../kit/scenario/acting-user.js';
import { type Operation, requestOf, subjectRead } from '../kit/scenario/operation.js';
import { judge } from './judge.js';
import { oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

oneOf<AddressHeaders>('address headers', ADDRESS_HEADERS);
oneOf<Made>('made', MADE);
oneOf('rights', ['everything', 'nothing'] as const);

When(
  'the client {operation} for user {string} with {address headers}',
  async function (this: OmWorld, operation: Operation, user: string, headers: AddressHeaders) {
    this.leader = await this.line.leader();
    const { request, options } = actingAs(requestOf(operation), user, headers);
    this.outcomes = [await this.line.send(request, options)];
    this.made = requestOf(subjectRead(operation));
  },
);

// What is made in a bucket takes other steps than a bucket; its rows are what is made.
When(
  'the client makes {made} in {bucket} for user {string} with {address headers}',
  async function (this: OmWorld, made: Made, place: Place, user: string, headers: AddressHeaders) {
    this.leader = await this.line.leader();
    this.outcomes = [await makeAs(this.line, made, place, user, headers)];
    this.made = readOfMade(made, place);
  },
);

// The observable of W-10: Ozone shows who made something in its access list.
Then('it gives {rights} to {string}', async function (this: OmWorld, rights: 'everything' | 'nothing', user: string) {
  if (this.made === undefined) throw new Error('no step of this scenario made anything for a user');
  const read = await this.line.read(this.made);
  await judge(this, [read], () => assertRights(read, user, rights));
});
