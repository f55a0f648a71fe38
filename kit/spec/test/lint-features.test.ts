import { expect, test } from 'vitest';
import type { Catalogue, CatalogueRule } from '../catalogue.js';
import { lintRules } from '../lint-rules.js';
import { lintShape } from '../lint-shape.js';
import { modelOf } from '../model.js';
import { readWritten } from './written.js';

const GOOD = `@ha @stage:plain
Feature: HA - leaders

  Background:
    Given a settled cluster

  @HA-1 @must @needs:kill-node
  Rule: HA-1 One node leads
    Source: Apache Ozone 2.2, as observed.

    Example: a write to every node
      Given a volume
      When every node is asked to write
      Then one of them accepts

    @needs:status
    Scenario Outline: a write of some kind
      When <kind> is written
      Then it is there
      And nothing else is

      Examples:
        | kind |
        | this |

  @HA-2 @should
  Rule: HA-2 The others refuse
    Source: decided here, and Ozone does so.

    Example: a write waits for a leader
      When a node is asked to write
      Then the write waits
      When there is a leader
      Then the write is done
`;
const rule = (id: string, more: Partial<CatalogueRule>): CatalogueRule => ({
  id,
  keyword: 'must',
  profile: 'ha',
  needs: [],
  source: ['oz'],
  sentence: 's',
  ...more,
});
const CATALOGUE: Catalogue = {
  specification: '0.1',
  rules: [rule('HA-1', { needs: ['kill-node'] }), rule('HA-2', { keyword: 'should', source: ['oz', 'kit'] })],
};

async function findings(text: string, catalogue: Catalogue = CATALOGUE) {
  const reading = await readWritten({ 'features/ha.feature': text });
  const features = modelOf(reading.documents);
  return [...lintShape(features, reading), ...lintRules(features, catalogue)];
}

test('a well-formed feature has no findings', async () => {
  expect(await findings(GOOD)).toEqual([]);
});

test.each<[string, string, string, RegExp]>([
  ['unreadable', 'Feature: HA', 'Featur: HA', /ha\.feature:\d+ .*expected: #/],
  ['prose-step', 'Background:', 'Backgruond:', /"Backgruond:" is read as prose.*\n.*"Given a settled cluster"/],
  [
    'prose-step',
    'Source: decided here, and Ozone does so.',
    'Source: decided here, Ozone.\n    Exmple: a\n    Then b',
    /"Then b"/,
  ],
  ['feature-title', 'Feature: HA - leaders', 'Feature: leaders', /"leaders"/],
  ['feature-title', 'Feature: HA - leaders', 'Feature: RC - leaders', /HA-1 stands in a feature of chapter RC/],
  ['stage-missing', '@ha @stage:plain', '@ha', /ha\.feature:2/],
  ['profile-missing', '@ha @stage:plain', '@stage:plain', /found 0/],
  ['profile-differs', '@ha @stage:plain', '@core @stage:plain', /says ha, the feature core/],
  ['rule-title', 'Rule: HA-1 One', 'Rule: One', /must begin with the rule's id/],
  ['rule-title', 'Rule: HA-1 One node leads', 'Rule: HA-1', /no sentence/],
  ['rule-unknown', 'Rule: HA-1 One', 'Rule: HA-11 One', /did you mean HA-1\?/],
  ['rule-missing', 'Rule: HA-1 One', 'Rule: HA-11 One', /no feature has rule HA-1/],
  [
    'rule-repeated',
    'Rule: HA-2 The',
    'Rule: HA-1 The',
    /stands in features\/ha\.feature:8 and features\/ha\.feature:27/,
  ],
  ['rule-tag', '@HA-1 @must', '@HA-2 @must', /must be @HA-1 alone, found @HA-2/],
  ['rule-tag', '@HA-1 @must', '@must', /found none/],
  ['keyword-differs', '@HA-1 @must', '@HA-1 @should', /says must, the tags should/],
  ['keyword-differs', '@HA-2 @should', '@HA-2', /says should, the tags none/],
  ['needs-differ', '@must @needs:kill-node', '@must', /says kill-node, the tags none/],
  ['needs-differ', '@must @needs:kill-node', '@must @needs:kill-node @needs:digest', /the tags digest, kill-node/],
  ['source-differs', 'Source: Apache Ozone 2.2, as observed.', 'Upstream does it.', /must begin with "Source/],
  ['source-differs', 'Source: Apache Ozone 2.2, as observed.', 'Source: hearsay.', /names source oz/],
  ['tag-unknown', '@ha @stage:plain', '@ha @stage:plain @wip', /@wip is not in the vocabulary/],
  ['tag-unknown', '@HA-1 @must', '@HA-1 @must @disruptiv', /did you mean @disruptive\?/],
  ['tag-unknown', '@needs:status', '@needs:magic', /@needs:magic/],
  ['tag-misplaced', '@needs:status', '@needs:status @must', /belong to the rule or the feature/],
  ['no-then', '      Then it is there\n      And nothing else is\n', '', /cannot fail/],
  [
    'too-long',
    '      And nothing else is\n',
    '      And a\n      And b\n      And c\n      And d\n      And e\n',
    /7 steps, at most 6/,
  ],
  [
    'background-long',
    '    Given a settled cluster\n',
    '    Given a\n    And b\n    And c\n    And d\n',
    /4 steps of background/,
  ],
  ['many-whens', 'Then the write waits', 'Then the write is refused', /2 times When/],
  ['many-whens', 'When there is a leader', 'When there is a leader\n      When it writes', /3 times When/],
  ['title-repeated', 'a write of some kind', 'a write to every node', /title of line 11 too/],
  ['never-runs', '        | this |\n', '', /no rows of examples/],
  [
    'rule-empty',
    '    Example: a write waits for a leader\n      When a node is asked to write\n      Then the write waits\n      When there is a leader\n      Then the write is done\n',
    '',
    /no example/,
  ],
  [
    'scenario-outside',
    '  @HA-1 @must',
    '  Example: alone\n    Then it is there\n\n  @HA-1 @must',
    /outside of any rule/,
  ],
])('%s: %j → %j', async (check, search, replacement, message) => {
  expect(GOOD).toContain(search);
  const found = (await findings(GOOD.replace(search, replacement))).filter((finding) => finding.check === check);
  expect(found.map(({ where, message: text }) => `${where} ${text}`).join('\n')).toMatch(message);
});

test('a rule that the catalogue has and no feature', async () => {
  const more = { ...CATALOGUE, rules: [...CATALOGUE.rules, rule('HA-3', {})] };
  expect((await findings(GOOD, more)).map(({ check }) => check)).toEqual(['rule-missing']);
});
