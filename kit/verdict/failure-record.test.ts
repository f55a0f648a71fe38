import { expect, test } from 'vitest';
import { ConformanceFailure, EnvironmentError, HarnessError, UndecidedError } from '../failure.js';
import { describeException, describeFailure, failureSchema } from './failure-record.js';

const place = { keyword: 'Then', step: 's' } as const;

test.each<[string, unknown, object]>([
  [
    'a contradiction',
    new ConformanceFailure('waits', 'a', 'b', [3]),
    { status: 'failed', blame: 'implementation', assertion: 'waits', expected: 'a', found: 'b', calls: [3] },
  ],
  [
    'the surroundings',
    new EnvironmentError('PORT_TAKEN', 'm'),
    { status: 'failed', blame: 'environment', code: 'PORT_TAKEN', message: 'm' },
  ],
  [
    'the kit',
    new HarnessError('REQUEST_INVALID', 'm'),
    { status: 'failed', blame: 'harness', code: 'REQUEST_INVALID' },
  ],
  ['nobody', new UndecidedError('m'), { status: 'unknown', message: 'm' }],
  ['any other error', new TypeError('m'), { status: 'failed', blame: 'harness', message: 'm' }],
  ['a string', 'thrown', { status: 'failed', blame: 'harness', message: 'thrown' }],
  ['nothing', undefined, { status: 'failed', blame: 'harness', message: 'undefined' }],
])('%s', (_, thrown, expected) => {
  const record = describeFailure(thrown, place);
  expect(record).toMatchObject(expected);
  expect(failureSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
});

test('texts of any length and calls of any number stay readable', () => {
  const huge = 'x'.repeat(1_000_000);
  const calls = Array.from({ length: 1_000 }, (_, index) => index);
  const record = describeFailure(new ConformanceFailure(huge, huge, huge, calls), { ...place, step: huge });
  expect(failureSchema.safeParse(record).success).toBe(true);
  expect(record.calls.at(-1)).toBe(999);
});

test.each([
  ['ConformanceFailure', 'implementation'],
  ['EnvironmentError', 'environment'],
  ['HarnessError', 'harness'],
  ['Error', 'harness'],
  [undefined, 'harness'],
])('a hook that threw %s blames %s', (type, blame) => {
  expect(describeException(type, 'm', place).blame).toBe(blame);
});
