import { expect, test } from 'vitest';
import type { CatalogueRule } from '../spec/catalogue.js';
import { EVERYTHING, isSelected, type Selection } from './selection.js';

const rules = new Map<string, CatalogueRule>([
  ['T-1', { id: 'T-1', keyword: 'must', profile: 'core', needs: [], source: ['kit'], sentence: 'it holds.' }],
]);
const scenario = { uri: 'features/a.feature', line: 3, name: 'a title', tags: ['@core', '@T-1'] };

test.each<[string, Partial<Selection>, boolean]>([
  ['everything', {}, true],
  ['its rule', { rules: ['T-2', 'T-1'] }, true],
  ['another rule', { rules: ['T-2'] }, false],
  ['its profile', { profiles: ['core'] }, true],
  ['another profile', { profiles: ['ha'] }, false],
  ['its rule in another profile', { rules: ['T-1'], profiles: ['ha'] }, false],
  ['what failed, itself among it', { lastFailed: new Set(['features/a.feature: a title']) }, true],
  ['what failed elsewhere', { lastFailed: new Set(['features/b.feature: a title']) }, false],
])('a selection of %s', (_, selection, selected) => {
  expect(isSelected(scenario, { ...EVERYTHING, ...selection }, rules)).toBe(selected);
});
