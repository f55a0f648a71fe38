import { expect, test } from 'vitest';
import { assertionsByRule, openPhrase, readVocabulary } from './forms.js';
import type { Documented, Sources, StepSource } from './sources.js';
import type { ChapterText } from './specification.js';

const NO_TAGS = {
  rules: [],
  keywords: [],
  profiles: [],
  stages: [],
  needs: [],
  disruptive: false,
  unknown: [],
} as const;
const PLUMBING: Documented = { name: 'leader', file: 'kit/scenario/line.ts', text: 'The node that leads.' };
const SETTLE: Documented = { name: 'settle', file: 'kit/scenario/settled.ts', text: 'Waits.' };
const ASKS: Documented = { name: 'accepted', file: 'kit/run/leader.ts', text: 'Whether it was done.' };
const STATUS: Documented = {
  name: 'assertStatus',
  file: 'kit/assert/status.ts',
  text: 'Assertion `status`: it is this one.',
};

const step = (pattern: string, calls: readonly Documented[]): StepSource => ({
  kind: 'When',
  pattern,
  file: 'steps/a.ts',
  line: 1,
  note: undefined,
  calls,
});

const sources = (steps: readonly StepSource[], raised: readonly string[] = ['status']): Sources => ({
  steps,
  assertions: [STATUS],
  raised: new Set(raised),
  heads: new Map(),
});

const reading = (patterns: readonly string[]) => ({
  stepDefinitions: patterns.map((source, id) => ({ id: `${id}`, pattern: { source } })) as never,
  testCases: [],
});

/** One rule, T-1, whose only scenario has these steps. */
const chapters = (forms: readonly string[]): ChapterText[] => [
  {
    id: 'T',
    features: [
      {
        uri: 't.feature',
        topic: 't',
        prose: '',
        tags: NO_TAGS,
        background: [],
        rules: [
          {
            entry: { id: 'T-1', keyword: 'must', profile: 'core', needs: [], source: ['kit'], sentence: 's' },
            title: 't',
            source: '',
            prose: '',
            tags: NO_TAGS,
            background: [],
            scenarios: [
              {
                keyword: 'Scenario Outline',
                title: 's',
                prose: '',
                comment: '',
                uri: 't.feature',
                line: 1,
                tags: NO_TAGS,
                steps: forms.map((form) => ({
                  keyword: 'When',
                  text: '<who> does',
                  form,
                  table: [],
                  docString: undefined,
                })),
                examples: [{ title: '', needs: [], prose: '', head: ['who'], rows: [['ann'], ['bob']] }],
              },
            ],
          },
        ],
      },
    ],
  },
];

test('a form says what it does, without questions, assertions and what nearly all forms do', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((pattern) => step(pattern, [PLUMBING]));
  const own = step('{who} does', [PLUMBING, SETTLE, ASKS, STATUS]);
  const { forms, usual } = readVocabulary(sources([...many, own]), reading(['{who} does']), chapters(['{who} does']));
  expect(usual).toEqual([PLUMBING]);
  expect(forms.at(-1)).toMatchObject({
    calls: [SETTLE],
    assertions: [{ id: 'status', demand: 'it is this one.' }],
    parameters: ['who'],
    rules: ['T-1'],
    scenarios: 1,
    example: 'ann does',
  });
});

test('a rule is judged by the assertions of its steps', () => {
  const vocabulary = readVocabulary(sources([step('a', [STATUS]), step('b', [])]), reading([]), chapters(['a', 'b']));
  expect([...assertionsByRule(vocabulary)]).toEqual([['T-1', ['status']]]);
});

test('a form that the sources do not have is an error, and so is an assertion that nothing describes', () => {
  expect(() => readVocabulary(sources([]), reading(['lost']), [])).toThrow(
    'not found in the sources of the steps: lost',
  );
  expect(() => readVocabulary(sources([], ['status', 'mute']), reading([]), [])).toThrow('for mute');
});

test.each([
  ['creates volume "alpha" of "ann"', 'creates volume "…" of "…"'],
  ['volumes "a", "b", "c" and "d"', 'volumes "…", "…" and "…"'],
  ['volumes "a" and "b"', 'volumes "…" and "…"'],
  ['1 byte and 1 bucket', 'N bytes and N buckets'],
  ['5000000 bytes', 'N bytes'],
  ['a name of 63 characters', 'a name of N characters'],
  ['no limit', 'no limit'],
])('the phrase %s is one of %s', (phrase, open) => {
  expect(openPhrase(phrase)).toBe(open);
});
