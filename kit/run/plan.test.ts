import { expect, test } from 'vitest';
import type { CatalogueRule } from '../spec/catalogue.js';
import { type Offer, planScenarios, type SelectedScenario } from './plan.js';

const rule = (id: string, more: Partial<CatalogueRule> = {}): [string, CatalogueRule] => [
  id,
  { id, keyword: 'must', profile: 'core', needs: [], source: ['kit'], sentence: 'it holds.', ...more },
];
const offer: Offer = {
  rules: new Map([rule('T-1'), rule('T-2', { needs: ['kill-node'] }), rule('T-3', { profile: 'multi-raft' })]),
  profiles: ['core', 'ha'],
  stages: ['plain', 'read-consistency'],
  capabilities: new Set(['status']),
  disruptive: false,
};
const scenario = (...tags: string[]): SelectedScenario => ({ uri: 'f', line: 1, name: 'n', tags });
const decisions = (of: SelectedScenario, changed: Partial<Offer> = {}) =>
  planScenarios([of], { ...offer, ...changed }).map(({ decision }) => decision);

test.each([
  ['runs in its stage', ['@T-1', '@stage:plain'], [{ kind: 'run', stage: 'plain' }]],
  [
    'runs in each stage that is offered, in the order of stages, and is not verified in the others',
    ['@T-1', '@stage:all', '@stage:read-consistency', '@stage:plain'],
    [
      { kind: 'run', stage: 'plain' },
      { kind: 'run', stage: 'read-consistency' },
      { kind: 'not-verified', stage: 'all', missing: ['stage all'] },
    ],
  ],
  ['lacks what its rule needs', ['@T-2', '@stage:plain'], [notVerified('capability kill-node')]],
  [
    'lacks what it needs beyond its rule, named once each',
    ['@T-2', '@stage:plain', '@needs:kill-node', '@needs:freeze-node', '@needs:status'],
    [notVerified('capability kill-node', 'capability freeze-node')],
  ],
  [
    'would disturb a foreign cluster',
    ['@T-1', '@stage:plain', '@disruptive'],
    [notVerified('permission to disturb the cluster (--disruptive)')],
  ],
  [
    'belongs to a profile that nobody claims',
    ['@T-3', '@stage:plain'],
    [notVerified('profile multi-raft is not claimed')],
  ],
  ['has no rule', ['@stage:plain'], [{ kind: 'broken', why: 'it carries no rule id' }]],
  [
    'has a rule that the catalogue lacks',
    ['@T-9', '@stage:plain'],
    [{ kind: 'broken', why: 'rule T-9 is not in features/catalogue.json' }],
  ],
  [
    'has two rules',
    ['@T-1', '@T-2', '@stage:plain'],
    [{ kind: 'broken', why: 'it carries more than one rule id: T-1 T-2' }],
  ],
  ['has no stage', ['@T-1'], [{ kind: 'broken', why: 'its feature names no stage' }]],
  ['has an unknown tag', ['@T-1', '@stage:plian'], [{ kind: 'broken', why: 'it carries unknown tags: @stage:plian' }]],
])('a scenario that %s', (_, tags, expected) => {
  expect(decisions(scenario(...tags))).toEqual(expected);
});

test('what disturbs is allowed where the cluster is the kit’s own', () => {
  const [decision] = decisions(scenario('@T-1', '@stage:plain', '@disruptive'), { disruptive: true });
  expect(decision).toEqual({ kind: 'run', stage: 'plain' });
});

test('a capability that is there is not missing', () => {
  const of = scenario('@T-2', '@stage:plain', '@needs:status');
  expect(decisions(of, { capabilities: new Set(['kill-node', 'status']) })).toEqual([{ kind: 'run', stage: 'plain' }]);
});

function notVerified(...missing: string[]) {
  return { kind: 'not-verified', stage: undefined, missing };
}
