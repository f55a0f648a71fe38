import { expect, it } from 'vitest';
import { hadoop } from '#proto';
import { namesOf } from '../run/names.js';
import { MIXES, planBurst, sendAtOnce } from './burst.js';
import { LeaderLine } from './leader-line.js';
import { ScenarioNames } from './names.js';
import { ok, scriptedRun } from './test/scripted.js';

const { Type } = hadoop.ozone;
const names = () => new ScenarioNames(namesOf('abc123'));
const READS: readonly number[] = [Type.InfoVolume, Type.ListVolume];

it.each(MIXES)('%s: as many calls as asked for, and neighbours do not get the same answer', (mix) => {
  const { calls, made } = planBurst(names(), 256, mix);
  expect(calls).toHaveLength(256);
  const answers = calls.map(({ answer }) => JSON.stringify(answer));
  expect(answers.some((answer, at) => answer === answers[at + 1])).toBe(false);
  expect(made.length > 0).toBe(mix !== 'reads');
  expect(calls.some(({ request }) => READS.includes(request.cmdType))).toBe(mix !== 'writes');
});

it('what is created has names and owners of its own', () => {
  const one = names();
  const bursts = [planBurst(one, 64, 'writes'), planBurst(one, 64, 'writes')];
  const volumes = bursts.flatMap(({ given, made }) => [...given.map(({ volume }) => volume), ...made]);
  expect(new Set(volumes).size).toBe(volumes.length);
});

it('sends all calls on one connection before the first is answered', async () => {
  const burst = planBurst(names(), 32, 'reads and writes');
  let open = 0;
  let most = 0;
  const { run, calls } = scriptedRun(async (call) => {
    if (call.options?.connection === undefined) return ok;
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 5));
    open -= 1;
    return ok;
  });
  const answered = await sendAtOnce(run, new LeaderLine(run), burst, 'one');
  expect(most).toBe(32);
  expect(answered.map(({ answer }) => answer)).toEqual(burst.calls.map(({ answer }) => answer));
  expect(new Set(calls.map(({ options }) => options?.connection))).toEqual(new Set([undefined, 'one']));
});
