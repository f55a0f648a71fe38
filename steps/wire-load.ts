/** Steps: many calls at once, and calls whose caller goes away. */
import { Then, When } from '@cucumber/cucumber';
import { assertListed } from '../kit/assert/listing.js';
import { assertOneConnection, assertOwnAnswers } from '../kit/assert/own-answer.js';
import { assertWhole } from '../kit/assert/whole-write.js';
import { type AnsweredCall, type Burst, MIXES, type Mix, planBurst, sendAtOnce } from '../kit/scenario/burst.js';
import { CUT_CHANGES, CUTS, type Cut, type CutChange, cutShort } from '../kit/scenario/cut-short.js';
import { pageRequest } from '../kit/scenario/operation.js';
import { judge } from './judge.js';
import { oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

const CONNECTION = 'burst';
/** More volumes than a scenario makes. */
const PAGE = 10_000;

oneOf<Mix>('mix', MIXES);
oneOf<CutChange>('cut change', CUT_CHANGES);
oneOf<Cut>('cut', CUTS);

// W-9 alone has so many calls at once; its rows are what they are.
When(
  'the client makes {int} {mix} at once on one connection, {int} times',
  async function (this: OmWorld, size: number, mix: Mix, times: number) {
    const bursts: { readonly burst: Burst; readonly answered: readonly AnsweredCall[] }[] = [];
    this.leader = await this.line.leader();
    for (let time = 0; time < times; time += 1) {
      const burst = planBurst(this.names, size, mix);
      const answered = await sendAtOnce(this.run, this.line, burst, CONNECTION);
      bursts.push({ burst, answered });
      // Silence takes a whole deadline, and decides.
      if (answered.some(({ outcome }) => outcome.kind === 'unanswered')) break;
    }
    this.bursts = bursts;
    this.outcomes = bursts.flatMap(({ answered }) => answered.map(({ outcome }) => outcome));
  },
);

// W-11 alone lets callers go away; its rows are the writes and the ways to go.
When(
  '{int} clients {cut change} {int} times each, and every call is {cut}',
  async function (this: OmWorld, clients: number, change: CutChange, times: number, cut: Cut) {
    this.leader = await this.line.leader();
    this.cutWrites = await cutShort(this.run, this.line, this.names, { change, cut, clients, times });
  },
);

// The observable of W-9.
Then('every call gets one answer, and it is its own', async function (this: OmWorld) {
  const answered = this.bursts.flatMap((one) => one.answered);
  await judge(this, this.outcomes, () => {
    assertOneConnection(this.outcomes);
    assertOwnAnswers(answered);
  });
});

// What the writes of W-9 did, each of them once.
Then('what the calls made is there, and nothing else', async function (this: OmWorld) {
  const made = this.bursts.flatMap(({ burst }) => [...burst.given.map(({ volume }) => volume), ...burst.made]);
  const page = await this.line.read(pageRequest(this.names.volumePrefix, undefined, PAGE));
  await judge(this, [...this.outcomes, page], () => assertListed([page], made.sort()));
});

// The observable of W-11.
Then('each write happened whole or not at all', async function (this: OmWorld) {
  const reads = this.cutWrites.flatMap(({ looks }) => looks.flat().map(({ read }) => read));
  await judge(this, reads, () => assertWhole(this.cutWrites));
});
