import { expect, test } from 'vitest';
import { lintForms, stepForms } from './lint-forms.js';
import type { Reading } from './reading.js';

/** Each scenario is its steps; a step is the numbers of the forms that match it. */
function readingOf(forms: readonly string[], scenarios: readonly (readonly number[])[][]): Reading {
  return {
    documents: [],
    parseErrors: [],
    stepDefinitions: forms.map((source, index) => ({
      id: `d${index}`,
      pattern: { source, type: 'CUCUMBER_EXPRESSION' },
      sourceReference: { uri: 'dist/steps/a.js', location: { line: index + 1 } },
    })) as unknown as Reading['stepDefinitions'],
    pickles: scenarios.map((steps, index) => ({
      id: `p${index}`,
      uri: 'features/a.feature',
      name: 'n',
      language: 'en',
      tags: [],
      astNodeIds: [`s${index}`],
      location: { line: index },
      steps: steps.map((_, step) => ({ id: `p${index}.${step}`, text: `text ${index}.${step}`, astNodeIds: [] })),
    })),
    testCases: scenarios.map((steps, index) => ({
      id: `t${index}`,
      pickleId: `p${index}`,
      testSteps: steps.map((ids, step) => ({
        id: `t${index}.${step}`,
        pickleStepId: `p${index}.${step}`,
        stepDefinitionIds: ids.map((id) => `d${id}`),
      })),
    })),
  };
}

const checks = (reading: Reading, commented = false) => lintForms(reading, () => commented).map(({ check }) => check);

test('forms that several scenarios use have no findings', () => {
  expect(
    checks(
      readingOf(
        ['a volume', 'it is gone'],
        [
          [[0], [1]],
          [[0], [1]],
        ],
      ),
    ),
  ).toEqual([]);
});

test('a form that nothing uses', () => {
  expect(checks(readingOf(['a volume', 'it is gone'], [[[0]], [[0]]]))).toEqual(['form-unused']);
});

test('a form of one scenario needs a comment', () => {
  const reading = readingOf(['a volume', 'it is gone'], [[[0], [1]], [[0]]]);
  expect(checks(reading)).toEqual(['form-single']);
  expect(checks(reading, true)).toEqual([]);
});

test('a form used twice in one scenario has one scenario', () => {
  expect(stepForms(readingOf(['a volume'], [[[0], [0]]]))[0]?.scenarios).toBe(1);
});

test('rows of examples are one scenario', () => {
  const reading = readingOf(['a volume'], [[[0]], [[0]]]);
  const rows = reading.pickles.map((pickle) => ({ ...pickle, astNodeIds: ['outline', pickle.id] }));
  expect(stepForms({ ...reading, pickles: rows })[0]?.scenarios).toBe(1);
});

test('a step without a form, and one with two', () => {
  expect(checks(readingOf(['a', 'b'], [[[0], [1]], [[0], [1]], [[]]]))).toEqual(['step-undefined']);
  expect(checks(readingOf(['a', 'b'], [[[0], [1]], [[0], [1]], [[0, 1]]]))).toEqual(['step-ambiguous']);
});

test.each([
  ['the volume {string} is deleted', 'volume {volume} was removed'],
  ['the node answers', 'the server replies'],
  ['volume {string} in bucket {string}', 'bucket {string} in volume {string}'],
])('"%s" and "%s" say the same', (a, b) => {
  expect(
    checks(
      readingOf(
        [a, b],
        [
          [[0], [1]],
          [[0], [1]],
        ],
      ),
    ),
  ).toEqual(['form-synonym']);
});

test.each([
  ['the volume is created', 'the volume is deleted'],
  ['the read returns it', 'the write returns it'],
])('"%s" and "%s" do not', (a, b) => {
  expect(
    checks(
      readingOf(
        [a, b],
        [
          [[0], [1]],
          [[0], [1]],
        ],
      ),
    ),
  ).toEqual([]);
});
