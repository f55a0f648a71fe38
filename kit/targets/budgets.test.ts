import { expect, test } from 'vitest';
import { STAGE_KEYS } from '../run/stages.js';
import { budgetsOf, budgetsUnder } from './budgets.js';
import { TARGET_SCHEMAS } from './schema.js';

const KEY = 'ozone.om.ha.raft.server.read.timeout';
const spec = TARGET_SCHEMAS.reference.parse({ kind: 'reference', budgets: { readTimeoutMs: 8_000 } }).budgets;
const file = budgetsOf(spec, 2);

test("the factor multiplies the file's budgets", () => {
  expect(file).toMatchObject({ readTimeoutMs: 16_000, writeTimeoutMs: 20_000 });
});

test.each([
  ['3s', 6_000],
  ['1500ms', 3_000],
  ['2m', 240_000],
])('nodes that were told %s have that read time-out', (value, readTimeoutMs) => {
  expect(budgetsUnder(file, { [KEY]: value })).toEqual({ ...file, readTimeoutMs });
});

test('nodes that were told how long a read may wait let it wait so long', () => {
  const keys = { 'ozone.om.follower.read.wait.timeout': '5s' };
  expect(budgetsUnder(file, keys)).toEqual({ ...file, waitTimeoutMs: 10_000 });
});

test.each([
  ['nodes that were told nothing', undefined],
  ['nodes that were told other keys', STAGE_KEYS.plain],
  ['a value that this kit cannot read', { [KEY]: '3 hours' }],
])('the file counts for %s', (_, keys) => {
  expect(budgetsUnder(file, keys)).toEqual(file);
});

test('the stage of linearizable reads has a read time-out that can be waited out', () => {
  expect(budgetsUnder(budgetsOf(spec, 1), STAGE_KEYS['read-consistency']).readTimeoutMs).toBeLessThan(5_000);
});
