import { expect, test } from 'vitest';
import { UsageError } from '../failure.js';
import { applyBaseline, type Deviation, parseBaseline } from './baseline.js';
import { failed, type Made, madeRun } from './test/messages.js';

const entry = (more: Partial<Deviation>): Deviation => ({ reason: 'r', link: 'https://example.org', ...more });
const known = {
  rules: new Set(['T-1', 'T-2']),
  scenarios: new Set(['features/t.feature: scenario 0']),
  uris: new Set(['features/t.feature']),
};

function apply(deviation: Deviation, made: readonly Made[], all = false) {
  const { envelope, reader } = madeRun(made);
  return applyBaseline(
    [deviation],
    reader.results(envelope),
    all ? { ...known, uris: undefined } : known,
    '2026-11-01',
  );
}

test('an entry by rule records every failed scenario of it', () => {
  const made = [
    failed('implementation', 'T-1'),
    { rule: 'T-1' },
    failed('implementation', 'T-1'),
    failed('implementation', 'T-2'),
  ];
  const { matched, errors } = apply(entry({ rule: 'T-1' }), made);
  expect(matched.map(({ scenarios }) => scenarios)).toEqual([[0, 2]]);
  expect(errors).toEqual([]);
});

test('an entry by scenario records that scenario alone', () => {
  const made = [failed('implementation', 'T-1'), failed('implementation', 'T-1')];
  const { matched } = apply(entry({ scenario: 'features/t.feature: scenario 0' }), made);
  expect(matched.map(({ scenarios }) => scenarios)).toEqual([[0]]);
});

test.each<[string, Partial<Deviation>, readonly Made[], boolean, string[]]>([
  ['a rule that is not in the catalogue', { rule: 'T-9' }, [], false, ['T-9 matches no rule']],
  [
    'a title that its file does not have',
    { scenario: 'features/t.feature: gone' },
    [],
    false,
    ['features/t.feature: gone matches no scenario'],
  ],
  ['a file that was not read', { scenario: 'features/u.feature: other' }, [], false, []],
  [
    'a file that does not exist, when all were read',
    { scenario: 'features/u.feature: other' },
    [],
    true,
    ['features/u.feature: other matches no scenario'],
  ],
  [
    'a day that is over',
    { rule: 'T-1', expires: '2026-10-31' },
    [failed('implementation', 'T-1')],
    false,
    ['T-1 expired on 2026-10-31'],
  ],
  ['a rule that passed', { rule: 'T-1' }, [{ rule: 'T-1' }], false, ['T-1 no longer fails']],
  [
    'a rule that passed, and fails now and then',
    { rule: 'T-1', intermittent: 'one run of two' },
    [{ rule: 'T-1' }],
    false,
    [],
  ],
  ['a rule that was not selected', { rule: 'T-1' }, [{ rule: 'T-2' }], false, []],
  ['a rule that could not be verified', { rule: 'T-1' }, [{ rule: 'T-1', missing: ['x'] }], false, []],
])('an entry for %s', (_, deviation, made, all, errors) => {
  expect(apply(entry(deviation), made, all).errors).toEqual(errors);
});

test('a file is read with all its keys', () => {
  const text =
    'deviations:\n  - rule: NS-VOL-4\n    reason: accepts a dot\n    link: https://example.org/4\n    expires: 2026-12-31\n    intermittent: one run of two\n';
  expect(parseBaseline(text, 'b.yaml')).toEqual([
    {
      rule: 'NS-VOL-4',
      reason: 'accepts a dot',
      link: 'https://example.org/4',
      expires: '2026-12-31',
      intermittent: 'one run of two',
    },
  ]);
});

test.each([
  ['no list', 'a: 1', /deviations/],
  ['no reason', 'deviations:\n  - rule: T-1\n    link: https://example.org', /deviations\.0\.reason/],
  ['a link that is none', 'deviations:\n  - rule: T-1\n    reason: r\n    link: there', /deviations\.0\.link/],
  [
    'a rule and a scenario',
    'deviations:\n  - {rule: T-1, scenario: "a.feature: b", reason: r, link: "https://example.org"}',
    /either a rule or a scenario/,
  ],
  ['neither', 'deviations:\n  - {reason: r, link: "https://example.org"}', /either a rule or a scenario/],
  ['an unknown key', 'deviations:\n  - {rule: T-1, reason: r, link: "https://example.org", until: x}', /until/],
  [
    'a date that is none',
    'deviations:\n  - {rule: T-1, reason: r, link: "https://example.org", expires: soon}',
    /must be a date/,
  ],
  ['no YAML', '{', /b\.yaml/],
])('a file with %s is refused by one clear message', (_, text, message) => {
  expect(() => parseBaseline(text, 'b.yaml')).toThrow(message);
  expect(() => parseBaseline(text, 'b.yaml')).toThrow(UsageError);
});
