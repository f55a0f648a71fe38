/** From a feature as it is written to the page that a reader sees, and what has to fail on the way. */
import { beforeAll, expect, test } from 'vitest';
import type { Catalogue, CatalogueRule } from '../../spec/catalogue.js';
import type { Reading } from '../../spec/reading.js';
import { readWritten } from '../../spec/test/written.js';
import { buildSite, missingRules, type SiteInput } from '../site.js';
import { readChapters } from '../specification.js';

const FEATURE = `@core @stage:plain
Feature: T - first things

  What a thing is.

  @T-1 @must
  Rule: T-1 A thing that was made is there
    Source: decided here.
    More about **it** (T-2).

    # Somebody does otherwise.
    Scenario Outline: It was made of <stuff>
      Given a thing of <stuff>
        | a | b  |
        | 1 | <2 |
      Then thing "one" is there
        """
        as a text
        """

      Examples: of all sorts
        | stuff |
        | wood  |
        | glass |

      @needs:status
      Examples: of one sort
        | stuff |
        | stone |

    @needs:kill-node @disruptive
    Example: It survives
      Given a thing of wood

  @T-2 @should
  Rule: T-2 A thing has a name
    Source: decided here.

    Example: A name & <more>
      Given a thing of wood
`;

const rule = (id: string, keyword: CatalogueRule['keyword']): CatalogueRule => ({
  id,
  keyword,
  profile: 'core',
  needs: [],
  source: ['kit'],
  sentence: `the sentence of \`${id}\`.`,
});
const RULES = [rule('T-1', 'must'), rule('T-2', 'should')];
const catalogue = (rules: readonly CatalogueRule[]): Catalogue => ({ specification: '0.9', rules: [...rules] });

let reading: Reading;
let page = '';

const inputOf = (more: Partial<SiteInput> = {}): SiteInput => ({
  version: '1.2.3',
  reading,
  catalogue: catalogue(RULES),
  written: [...RULES, rule('T-3', 'must')],
  sources: { steps: [], assertions: [], raised: new Set(), heads: new Map() },
  kitErrors: {},
  referenceErrors: {},
  mutants: new Map([['T-1', [{ id: 't-1-gone', wrong: 'What was <made> is not there.', assertion: 'status' }]]]),
  deviations: [
    {
      of: 'Something',
      deviation: { scenario: 'features/t.feature: It survives', reason: 'It breaks.', link: 'https://example.org/why' },
    },
  ],
  examples: [],
  schemaFile: 'schema.json',
  documents: [
    {
      source: 'docs/spec/catalogue.md',
      text: '# Catalogue\n\n## T — things (profile `core`)\nT-1 MUST a. T-3 MUST b.\n',
    },
  ],
  exists: () => true,
  ...more,
});

beforeAll(async () => {
  reading = await readWritten({ 'features/t.feature': FEATURE });
  page = buildSite(inputOf()).get('rules/t.html') ?? '';
}, 60_000);

test('a rule has its id as anchor, title, keyword, sentence, profile, stage and source', () => {
  expect(page).toMatch(/<h3 id="T-1">.*MUST.*T-1.*A thing that was made is there/);
  expect(page).toMatch(/<h3 id="T-2">.*SHOULD.*A thing has a name/);
  expect(page).toContain('the sentence of <code>T-1</code>.');
  expect(page).toContain('<dt>Profile</dt><dd>core</dd><dt>Stage</dt><dd>plain</dd>');
  expect(page).toContain('<dd>decided here. <span class="dim">[kit]</span></dd>');
  expect(page).toContain('More about <strong>it</strong> (<a class="ref" href="#T-2">T-2</a>).');
  expect(page).toContain('npx om-conformance run --rule T-1');
});

test('every scenario has its name, its steps, their tables and texts, and its examples', () => {
  expect(page).toMatch(/id="T-1\.it-was-made-of-stuff">.*It was made of <var>&lt;stuff&gt;<\/var>/);
  expect(page).toMatch(/id="T-1\.it-survives">.*It survives/);
  expect(page).toMatch(/id="T-2\.a-name-more">.*A name &amp; <var>&lt;more&gt;<\/var>/);
  expect(page).toContain('a thing of <var>&lt;stuff&gt;</var>');
  expect(page).toContain('thing <q>&quot;one&quot;</q> is there');
  expect(page).toContain('<td data-head="b">&lt;2</td>');
  expect(page).toContain('<pre>as a text</pre>');
  expect(page).toContain('Examples: of all sorts');
  expect(page).toMatch(/<td data-head="stuff">wood<\/td>.*<td data-head="stuff">glass<\/td>/);
});

test('what a scenario needs, a comment above it and a recorded deviation stand with it', () => {
  expect(page).toContain(
    'Runs only where the target offers <code>kill-node</code>, and with <code>--disruptive</code>',
  );
  expect(page).toContain('<p class="note">Somebody does otherwise.</p>');
  expect(page).toMatch(
    /Something departs from this, as recorded\.<\/b> It breaks\. <a href="https:\/\/example\.org\/why">/,
  );
});

test('what a vendor has to offer, and what was seen to fail, stand with the rule', () => {
  expect(page).toContain(
    '<dd>4 cases: 2 by clients alone; 1 with hooks for <code>kill-node</code>; 1 with a control service from outside for <code>status</code></dd>',
  );
  expect(page).toContain(
    'Examples: of one sort <span class="dim">(where the target offers <code>status</code>)</span>',
  );
  expect(page).toMatch(
    /one wrong version of the reference, which fails<.*t-1-gone.*What was &lt;made&gt; is not there\..*>status</,
  );
  expect(page).toContain('<dt>Tried on</dt><dd>no wrong version of the reference</dd>');
});

test('the list of rules has each rule, and says which are still to come', () => {
  const list = buildSite(inputOf()).get('rules/index.html') ?? '';
  expect(list).toContain('2 of the 3 rules');
  expect(list).toMatch(/<tr id="T-2">.*A thing has a name/);
  expect(list).toContain('href="../spec/catalogue.html#T-3"');
});

test('a rule of the catalogue without a feature ends it, by its id', () => {
  const more = catalogue([...RULES, rule('T-3', 'must')]);
  expect(() => buildSite(inputOf({ catalogue: more }))).toThrow('no feature has a scenario of T-3');
});

test('a rule without scenarios is a rule without content', async () => {
  const without = await readWritten({
    'features/t.feature': `${FEATURE.slice(0, FEATURE.indexOf('    Example: A name'))}`,
  });
  expect(() => buildSite(inputOf({ reading: without }))).toThrow('no feature has a scenario of T-2');
}, 60_000);

test('a feature that cannot be parsed ends it, by its name', async () => {
  const wrong = await readWritten({
    'features/wrong.feature': 'Feature: x\n  Example: y\n    Given z\n    Perhaps z\n',
  });
  expect(() => buildSite(inputOf({ reading: wrong }))).toThrow('features/wrong.feature');
}, 60_000);

test('a page that lost a rule or a scenario is noticed', () => {
  const chapters = readChapters(reading, catalogue(RULES));
  const lost = (markup: string) => missingRules(new Map([['rules/t.html', markup]]), chapters, catalogue(RULES));
  expect(lost(page)).toEqual([]);
  expect(lost(page.replace('id="T-2"', ''))).toEqual(['rules/t.html has no place T-2']);
  expect(lost(page.replace('id="T-1.it-survives"', ''))).toEqual(['rules/t.html has no place T-1.it-survives']);
  expect(missingRules(new Map(), chapters, catalogue(RULES))[0]).toBe(
    'rule T-1 of features/catalogue.json has no content on rules/t.html',
  );
});

test('a document that links to nothing ends it, by its name', () => {
  const documents = [{ source: 'docs/a.md', text: '# A\n\n[b](b.md)\n' }];
  expect(() => buildSite(inputOf({ documents, exists: () => false }))).toThrow('docs/a.md links to b.md');
});
