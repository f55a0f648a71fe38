/** Steps: what a bucket's keys and directories use of it, also after commands of which nobody chose the order. */
import { Then, When } from '@cucumber/cucumber';
import { assertAllAnswered } from '../kit/assert/all-answered.js';
import { type Amount, assertUsed, usedIn } from '../kit/assert/usage.js';
import { readUntil } from '../kit/scenario/eventually.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { carryOutRandomly } from '../kit/scenario/random-commands.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import { named } from './parameters.js';
import { AMOUNT, readAmount } from './words/amounts.js';
import type { OmWorld } from './world.js';

named('amount', AMOUNT, readAmount);

// The two outlines of NS-QTA-1 about any mix: one client alone, whose every command is counted, and several.
When(
  'the client carries out {int} random commands in {bucket}',
  async function (this: OmWorld, times: number, place: BucketPlace) {
    this.leader = await this.line.leader();
    this.commands = await carryOutRandomly(this.line, { place, clients: 1, times }, this.run.seed);
  },
);

// Counters that are read, changed and written back lose what another client adds meanwhile.
When(
  '{int} clients carry out {int} random commands each in {bucket}',
  async function (this: OmWorld, clients: number, times: number, place: BucketPlace) {
    this.leader = await this.line.leader();
    this.commands = await carryOutRandomly(this.line, { place, clients, times }, this.run.seed);
  },
);

Then('{bucket} uses {amount}', async function (this: OmWorld, place: BucketPlace, amount: Amount) {
  const read = await this.line.read({ kind: 'read-bucket', ...place });
  await judge(this, [read], () => assertUsed(read, place.bucket, amount));
});

Then('{bucket} eventually uses {amount}', async function (this: OmWorld, place: BucketPlace, amount: Amount) {
  const read = await usedInTheEnd(this, place, amount);
  await judge(this, [read], () => assertUsed(read, place.bucket, amount));
});

Then('{bucket} uses as many names as the clients were told', async function (this: OmWorld, place: BucketPlace) {
  if (this.commands === undefined) throw new Error('no step of this scenario carried out commands');
  const { outcomes, counts, contents } = this.commands;
  await judge(this, outcomes, () => assertAllAnswered(outcomes));
  for (const { read, expected, after } of counts) {
    const amount: Amount = { used: 'names', amount: BigInt(expected) };
    await judge(this, [...after, read], () => assertUsed(read, place.bucket, amount, after));
  }
  const amount: Amount = { used: 'names', amount: BigInt(contents.reduce((sum, { count }) => sum + count, 0)) };
  const settling = contents.some((told) => told.settling);
  const read = settling
    ? await usedInTheEnd(this, place, amount)
    : await this.line.read({ kind: 'read-bucket', ...place });
  await judge(this, [read], () => assertUsed(read, place.bucket, amount));
});

async function usedInTheEnd(world: OmWorld, place: BucketPlace, { used, amount }: Amount): Promise<Outcome> {
  return await readUntil(world.line, { kind: 'read-bucket', ...place }, (read) => usedIn(read, used) === amount);
}
