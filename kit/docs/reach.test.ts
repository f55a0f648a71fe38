import { describe, expect, it } from 'vitest';
import type { Capability } from '../run/capability.js';
import { casesOf, reachOf } from './reach.js';
import type { ExamplesText, ScenarioText } from './specification.js';

const table = (rows: number, ...needs: Capability[]): ExamplesText => ({
  ...{ title: '', needs, prose: '', head: ['a'] },
  rows: Array.from({ length: rows }, () => ['x']),
});
const scenario = (needs: Capability[], ...examples: ExamplesText[]): ScenarioText => ({
  ...{
    keyword: 'Example',
    title: 't',
    prose: '',
    comment: '',
    uri: 'features/t.feature',
    line: 1,
    steps: [],
    examples,
  },
  tags: { rules: [], keywords: [], profiles: [], stages: [], needs, disruptive: false, unknown: [] },
});

describe('what a vendor can have verified', () => {
  it('counts the rows of a table of examples, each with the needs of its table', () => {
    expect(casesOf([scenario(['kill-node']), scenario([], table(2), table(1, 'status'))])).toEqual([
      ['kill-node'],
      [],
      [],
      ['status'],
    ]);
  });
  it.each<[string, ScenarioText[], string]>([
    ['one case', [scenario([])], '1 case: 1 by clients alone'],
    [
      'hooks',
      [scenario(['kill-node', 'restart-node']), scenario(['freeze-node'])],
      '2 cases: 2 with hooks for <code>restart-node</code>, <code>kill-node</code>, <code>freeze-node</code>',
    ],
    [
      'each tier by its own',
      [scenario([], table(3)), scenario(['isolate-node', 'status']), scenario(['isolate-node', 'pause-apply'])],
      '5 cases: 3 by clients alone; 1 with a control service from outside for <code>isolate-node</code>, <code>status</code>; ' +
        '1 with a test build that offers <code>isolate-node</code>, <code>pause-apply</code>',
    ],
  ])('is said in a sentence: %s', (_title, scenarios, expected) => {
    expect(reachOf(scenarios)).toBe(expected);
  });
});
