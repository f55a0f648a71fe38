/** Steps of the tiny specification: each ends in one of the ways in which a step can end. */
import { defineStep, Then, When, type World } from '@cucumber/cucumber';
import { hadoop } from '#proto';
import { ConformanceFailure, EnvironmentError, UndecidedError } from '../../failure.js';
import { currentRun } from '../../run/context.js';

const echoed = new WeakMap<World, string>();

When('{string} is echoed', async function (this: World, word: string) {
  const { client, target } = currentRun();
  const node = target.nodes[0]?.id ?? '';
  const outcome = await client.call(node, { cmdType: hadoop.ozone.Type.EchoRPC, traceID: word });
  echoed.set(this, outcome.kind === 'answered' ? (outcome.response.message ?? '') : outcome.kind);
});

Then('the echo is {string}', function (this: World, word: string) {
  const found = echoed.get(this) ?? 'nothing';
  if (found !== word) throw new ConformanceFailure('echo', word, found, [currentRun().transcript.callCount]);
});

Then('{int} is even', (number: number) => {
  if (number % 2 !== 0) throw new ConformanceFailure('even', 'an even number', `${number} <b>&\u001b[31m`, [1]);
});

Then('the stage is one that this target offers', () => {
  const { stage, target } = currentRun();
  if (!target.stages.includes(stage)) throw new ConformanceFailure('stage', target.stages.join(), stage);
});

Then('the disk is full', () => {
  throw new EnvironmentError('DISK_FULL', 'no space left on the disk');
});

Then('the kit throws', () => {
  throw new TypeError('cannot read properties of undefined');
});

Then('nobody can tell', () => {
  throw new UndecidedError('the checker ran out of budget');
});

Then('this step is pending', () => 'pending');
Then('this step is skipped', () => 'skipped');
Then('this step is ambiguous', () => {});
defineStep(/^this step is amb.*$/, () => {});
