/** Steps: which key is which, and whether it changed; and names that go there and back. */
import { Then, When } from '@cucumber/cucumber';
import { assertNewer, assertOtherId, assertOwnIds } from '../kit/assert/object-ids.js';
import { assertRoundTrip } from '../kit/assert/round-trip.js';
import type { KeyPlace } from '../kit/scenario/operations/key.js';
import { WHOLE_PAGE } from '../kit/scenario/operations/kinds.js';
import { roundTrip } from '../kit/scenario/round-trip.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

Then('every bucket and every key in it has an id of its own', async function (this: OmWorld) {
  const [buckets, listings]: [Outcome[], Outcome[]] = [[], []];
  for (const { volume, bucket = '' } of this.buckets.places()) {
    buckets.push(await this.line.read({ kind: 'read-bucket', volume, bucket }));
    listings.push(await this.line.read({ kind: 'list-keys', volume, bucket, count: WHOLE_PAGE }));
  }
  await judge(this, [...buckets, ...listings], () => assertOwnIds(buckets, listings));
});

Then('{key} has another id than {key} had', async function (this: OmWorld, now: KeyPlace, before: KeyPlace) {
  const read = await this.line.read({ kind: 'read-key', ...now });
  await judge(this, [read], () => assertOtherId(read, this.keys.known(before)));
});

Then('{key} is of a later generation than {key} was', async function (this: OmWorld, now: KeyPlace, before: KeyPlace) {
  const read = await this.line.read({ kind: 'read-key', ...now });
  await judge(this, [read], () => assertNewer(read, this.keys.known(before)));
});

When('the client makes, reads, lists and deletes {key}', async function (this: OmWorld, place: KeyPlace) {
  this.leader = await this.line.leader();
  this.trip = await roundTrip(this.line, place);
});

Then('it came back under exactly its name, or was refused and not made', async function (this: OmWorld) {
  const { trip } = this;
  if (trip === undefined) throw new Error('no step of this scenario made a key to come back');
  const { before, made, read, listed, deleted, readAfter, after } = trip;
  await judge(this, [before, made, read, listed, deleted, readAfter, after], () => assertRoundTrip(trip));
});
