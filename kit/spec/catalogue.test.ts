import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../run/package.js';
import { type CatalogueRule, formatCatalogue, parseCatalogue } from './catalogue.js';
import { readCatalogueText } from './catalogue-text.js';
import { lintText } from './lint-text.js';

const text = `# Catalogue
Not a rule: X-1 MUST nothing. [oz]
## HA — leadership (profile \`ha\`)
HA-1 MUST one leads (and SHOULD say so). [oz, hdfs B59, 001; kill-node, status for its half]
HA-2 MUST > [client] a call ends. [kit; freeze-node or isolate-node]
## NS — namespace (profile \`core\`; more)
NS-A-1 MUST this. NS-A-2 MAY that [x] too. [oz observed]
NS-B-1 MUST CreateFile this. NS-B-2 MUST that. [oz; status, blocks for CreateFile]
`;

test('rules are read with keyword, profile, source, needs and sentence', () => {
  const rules = readCatalogueText(text);
  expect(rules).toEqual<CatalogueRule[]>([
    {
      id: 'HA-1',
      keyword: 'must',
      profile: 'ha',
      needs: ['kill-node', 'status'],
      source: ['oz', 'hdfs', '001'],
      sentence: 'one leads (and SHOULD say so).',
    },
    { id: 'HA-2', keyword: 'must', profile: 'ha', needs: [], source: ['kit'], sentence: 'a call ends.' },
    { id: 'NS-A-1', keyword: 'must', profile: 'core', needs: [], source: ['oz'], sentence: 'this.' },
    { id: 'NS-A-2', keyword: 'may', profile: 'core', needs: [], source: ['oz'], sentence: 'that [x] too.' },
    {
      id: 'NS-B-1',
      keyword: 'must',
      profile: 'core',
      needs: ['status', 'blocks'],
      source: ['oz'],
      sentence: 'CreateFile this.',
    },
    { id: 'NS-B-2', keyword: 'must', profile: 'core', needs: ['status'], source: ['oz'], sentence: 'that.' },
  ]);
});

test('a chapter of an unknown profile is refused', () => {
  expect(() => readCatalogueText('## X — y (profile `z`)')).toThrow(/no profile z/);
});

test('every rule of the project’s own text is read, once, with a source', () => {
  const rules = readCatalogueText(readFileSync(join(PACKAGE_ROOT, 'docs/spec/catalogue.md'), 'utf8'));
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.filter(({ source, sentence }) => source.length === 0 || sentence === '')).toEqual([]);
  expect(rules.length).toBeGreaterThan(200);
});

const [ha1, ha2] = readCatalogueText(text);
if (ha1 === undefined || ha2 === undefined) throw new Error('the text has two rules at least');

test.each<[string, Partial<CatalogueRule>, RegExp | undefined]>([
  ['is as written', {}, undefined],
  ['needs more', { needs: ['kill-node', 'status', 'digest'] }, undefined],
  ['needs less', { needs: ['status'] }, /needs kill-node too/],
  ['has another keyword', { keyword: 'should' }, /keyword is "should" here and "must"/],
  ['has another profile', { profile: 'core' }, /profile is "core"/],
  ['has another source', { source: ['kit'] }, /source is "kit"/],
  ['has another sentence', { sentence: 'none leads.' }, /sentence is "none leads\."/],
  ['is not in the text', { id: 'HA-9' }, /HA-9 is not in docs/],
])('a rule of catalogue.json that %s', (_, changed, message) => {
  const found = lintText({ specification: '0.1', rules: [{ ...ha1, ...changed }] }, [ha1, ha2]);
  if (message === undefined) expect(found).toEqual([]);
  else expect(found.map((finding) => finding.message).join()).toMatch(message);
});

test('a catalogue survives being written and read', () => {
  const catalogue = { specification: '0.1', rules: [ha1, ha2] };
  expect(parseCatalogue(formatCatalogue(catalogue))).toEqual(catalogue);
  expect(formatCatalogue(catalogue)).toContain('"source": ["oz", "hdfs", "001"]');
});

test.each([
  ['an id twice', [ha1, ha1], /HA-1 appears twice/],
  ['an unknown capability', [{ ...ha1, needs: ['magic'] }], /rules\.0\.needs\.0/],
  ['an unknown key', [{ ...ha1, extra: 1 }], /extra/],
  ['no source', [{ ...ha1, source: [] }], /rules\.0\.source/],
])('a catalogue with %s is refused', (_, rules, message) => {
  expect(() => parseCatalogue(JSON.stringify({ specification: '0.1', rules }))).toThrow(message);
});
