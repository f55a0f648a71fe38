import { describe, expect, it } from 'vitest';
import type { KitMutant } from './mutant.js';
import { kitOutcome, readReport, type UnitTest, type UnitTests } from './unit-tests.js';

const mutant: KitMutant = {
  kind: 'kit',
  id: 'm',
  wrong: 'x',
  test: 'kit/a.test.js',
  fails: 'is refused',
  file: 'kit/a.ts',
  search: 'a',
  replace: 'b',
};
const passed: UnitTest = { file: 'kit/a.test.js', name: 'a thing is refused', passed: true, message: '' };
const failed = { ...passed, passed: false, message: 'AssertionError: expected 1 to be 2\n    at x' };
const of = (...tests: UnitTest[]): UnitTests => ({ tests, faults: [] });

describe('kitOutcome', () => {
  it('is a kill where the named test fails by an assertion, and passes without the mutant', () => {
    expect(kitOutcome(mutant, of(passed), of(failed))).toEqual({
      kind: 'killed',
      by: ['kit/a.test.js "is refused"'],
    });
  });
  it.each([
    ['the test passes all the same', of(passed), of(passed), /survived/],
    ['another test fails', of(passed), of(passed, { ...failed, name: 'another' }), /survived/],
    ['the test of another file fails', of(passed), of(passed, { ...failed, file: 'kit/b.test.js' }), /survived/],
    ['the test fails already', of(failed), of(failed), /fails without the mutant/],
    ['there is no such test', of(), of(failed), /no test "is refused"/],
    ['the test threw', of(passed), of({ ...failed, message: 'TypeError: no' }), /not fail by an assertion: TypeError/],
    ['the file could not be imported', of(passed), { tests: [], faults: ['SyntaxError: no'] }, /did not run/],
  ])('is none where %s', (_, before, after, why) => {
    const outcome = kitOutcome(mutant, before, after);
    expect(outcome.kind === 'alive' && outcome.why.join()).toMatch(why);
  });
});

describe('readReport', () => {
  it('takes tests with their files, and what kept a file from running', () => {
    const report = {
      testResults: [
        {
          name: '/r/kit/a.test.js',
          status: 'failed',
          assertionResults: [
            { fullName: 'one', status: 'passed', failureMessages: [] },
            { fullName: 'two', status: 'failed', failureMessages: ['AssertionError: no', 'more'] },
          ],
        },
        { name: '/r/kit/b.test.js', status: 'failed', message: 'SyntaxError', assertionResults: [] },
      ],
    };
    expect(readReport('/r', JSON.stringify(report))).toEqual({
      tests: [
        { file: 'kit/a.test.js', name: 'one', passed: true, message: '' },
        { file: 'kit/a.test.js', name: 'two', passed: false, message: 'AssertionError: no' },
      ],
      faults: ['/r/kit/b.test.js: SyntaxError'],
    });
  });
});
