import { expect, test } from 'vitest';
import { unproven } from './unproven.js';

type Run = Parameters<typeof unproven>[0];

function run(status: 'failed' | 'not-verified', needs: Run['profiles'][number]['rules'][number]['rule']['needs']): Run {
  return {
    problems: [],
    results: [{ rule: 'T-1', status }] as unknown as Run['results'],
    profiles: [{ rules: [{ rule: { id: 'T-1', needs } }] }],
  };
}

test('a rule has to have been tried, unless only a control service could bring about what it needs', () => {
  expect(unproven(run('failed', ['kill-node']))).toEqual([]);
  expect(unproven(run('not-verified', ['kill-node']))).toEqual(['no scenario of T-1 could be run']);
  expect(unproven(run('not-verified', ['restart-node', 'snapshot']))).toEqual([]);
});

test('what went wrong with the run itself is said', () => {
  const problems = [{ code: 'NO_LEADER', message: 'nobody', blame: 'environment' }] as unknown as Run['problems'];
  expect(unproven({ ...run('failed', []), problems })).toEqual(['the run itself went wrong: NO_LEADER: nobody']);
});
