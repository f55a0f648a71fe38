import { expect, test } from 'vitest';
import type { RunEnvelope } from './envelope.js';
import type { ScenarioResult } from './scenario-result.js';
import { IMPLEMENTATION, type Made, madeRun } from './test/messages.js';

function resultOf(made: Made, changed: Partial<RunEnvelope> = {}): ScenarioResult {
  const { envelope, reader } = madeRun([{ rule: 'T-1', ...made }], changed);
  const [result] = reader.results(envelope);
  if (result === undefined) throw new Error('no result');
  return result;
}

test.each<[string, Made, string, string | undefined, RegExp | undefined]>([
  ['every step passed', {}, 'passed', undefined, undefined],
  [
    'a failure of the implementation',
    { steps: ['PASSED', 'FAILED', 'SKIPPED'], failure: IMPLEMENTATION },
    'failed',
    'implementation',
    /it failed/,
  ],
  [
    'a failure of the environment',
    { steps: ['FAILED'], failure: { blame: 'environment' } },
    'failed',
    'environment',
    /it failed/,
  ],
  ['a failure of the kit', { steps: ['FAILED'], failure: { blame: 'harness' } }, 'failed', 'harness', /it failed/],
  ['nobody can tell', { steps: ['FAILED'], failure: { status: 'unknown' } }, 'unknown', undefined, /it failed/],
  ['a failure without attachment', { steps: ['FAILED'] }, 'failed', 'harness', /no message/],
  [
    'a failure whose attachment cannot be read',
    { steps: ['FAILED'], failure: '{"status":"passed"}' },
    'failed',
    'harness',
    undefined,
  ],
  ['a failure whose attachment is not JSON', { steps: ['FAILED'], failure: '{' }, 'failed', 'harness', undefined],
  [
    'a foreign hook that blames the environment',
    { steps: ['FAILED'], exception: 'EnvironmentError' },
    'failed',
    'environment',
    /it threw/,
  ],
  [
    'a foreign hook that contradicts',
    { steps: ['FAILED'], exception: 'ConformanceFailure' },
    'failed',
    'implementation',
    /it threw/,
  ],
  ['the kit’s own hook failed', { hook: 'FAILED', steps: ['SKIPPED'] }, 'failed', 'harness', undefined],
  ['an undefined step', { steps: ['PASSED', 'UNDEFINED'] }, 'broken', 'harness', /"step 1" is undefined/],
  ['an ambiguous step', { steps: ['AMBIGUOUS'] }, 'broken', 'harness', /ambiguous/],
  ['a pending step', { steps: ['PENDING'] }, 'broken', 'harness', /pending/],
  ['a skipped step', { steps: ['PASSED', 'SKIPPED'] }, 'broken', 'harness', /skipped/],
  ['a status that nobody knows', { steps: ['UNKNOWN'] }, 'broken', 'harness', /unknown/],
  ['no steps', { steps: [] }, 'broken', 'harness', /no steps/],
  ['never announced', { until: 'not announced' }, 'broken', 'harness', /did not run/],
  ['never started', { until: 'announced' }, 'broken', 'harness', /did not run/],
  ['never finished', { until: 'started' }, 'broken', 'harness', /did not finish/],
  [
    'repeated until it passed',
    { steps: ['FAILED'], failure: IMPLEMENTATION, repeated: true },
    'broken',
    'harness',
    /more than once/,
  ],
  [
    'not verified',
    { missing: ['capability kill-node', 'stage all'] },
    'not-verified',
    undefined,
    /needs capability kill-node, stage all/,
  ],
  ['broken by its tags', { broken: 'its feature names no stage' }, 'broken', 'harness', /names no stage/],
  [
    'a failure and an undefined step',
    { steps: ['FAILED', 'UNDEFINED'], failure: IMPLEMENTATION },
    'failed',
    'implementation',
    undefined,
  ],
])('%s', (_, made, status, blame, why) => {
  const result = resultOf(made);
  expect([result.status, result.blame]).toEqual([status, blame]);
  if (why !== undefined) expect(result.why).toMatch(why);
});

test.each(['interrupted', 'fail-fast'] as const)(
  'what a run that was stopped (%s) did not run is nobody’s fault',
  (stopped) => {
    const skipped = resultOf({ hook: 'SKIPPED', steps: ['SKIPPED'] }, { stopped });
    expect([skipped.status, skipped.blame]).toEqual(['broken', undefined]);
    expect(skipped.why).toMatch(/did not run: the run/);
    const unfinished = resultOf({ until: 'started' }, { stopped });
    expect([unfinished.status, unfinished.blame]).toEqual(['broken', undefined]);
  },
);

test('a scenario skipped whole is broken where nothing stopped the run', () => {
  expect(resultOf({ hook: 'SKIPPED', steps: ['SKIPPED'] }).blame).toBe('harness');
});

test('a test case of another scenario than the planned one is not its result', () => {
  const { envelope, reader } = madeRun([{ rule: 'T-1' }]);
  const moved = envelope.plan.map((entry) => ({ ...entry, line: 99 }));
  expect(reader.results({ ...envelope, plan: moved })[0]?.status).toBe('broken');
});

test('a failure carries its steps and its calls', () => {
  const result = resultOf({ steps: ['PASSED', 'FAILED'], failure: IMPLEMENTATION });
  expect(result.transcript.map(({ number }) => number)).toEqual([1]);
  expect(result.steps.map(({ keyword, status }) => `${keyword} ${status}`)).toEqual([
    'Hook PASSED',
    'Then PASSED',
    'Then FAILED',
  ]);
  expect(result.durationMs).toBeCloseTo(3);
});

test('scenarios that cucumber only walked through did not run', () => {
  const { reader } = madeRun([{}, { hook: 'SKIPPED', steps: ['SKIPPED'] }]);
  expect(reader.ran).toBe(1);
});
