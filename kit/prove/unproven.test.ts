import { expect, test } from 'vitest';
import { unproven } from './unproven.js';

type Run = Parameters<typeof unproven>[0];

const LACKS_HOOK = { rule: 'T-1', status: 'not-verified', why: 'needs capability kill-node' };
const LACKS_CONTROL = { rule: 'T-1', status: 'not-verified', why: 'needs capability kill-node, capability snapshot' };
const JUDGED = { rule: 'T-1', status: 'failed', why: 'expected a, found b' };

function run(...results: object[]): Run {
  return { problems: [], results: results as unknown as Run['results'] };
}

test('a rule has to have been tried', () => {
  expect(unproven(run(JUDGED))).toEqual([]);
  expect(unproven(run(LACKS_HOOK))).toEqual(['no scenario of T-1 could be run']);
  expect(unproven(run(LACKS_HOOK, JUDGED))).toEqual([]);
  expect(unproven(run(JUDGED, LACKS_HOOK))).toEqual([]);
});

test('unless only a control service could bring about what each of its scenarios needs', () => {
  expect(unproven(run(LACKS_CONTROL))).toEqual([]);
  expect(unproven(run(LACKS_CONTROL, LACKS_HOOK))).toEqual(['no scenario of T-1 could be run']);
  expect(unproven(run(LACKS_HOOK, LACKS_CONTROL))).toEqual(['no scenario of T-1 could be run']);
});

test('what went wrong with the run itself is said', () => {
  const problems = [{ code: 'NO_LEADER', message: 'nobody', blame: 'environment' }] as unknown as Run['problems'];
  expect(unproven({ ...run(JUDGED), problems })).toEqual(['the run itself went wrong: NO_LEADER: nobody']);
});
