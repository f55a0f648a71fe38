import { describe, expect, it } from 'vitest';
import { assertAllAnswered } from './all-answered.js';
import { assertShowsNothing } from './shown-entries.js';
import { answered, bucket, failureOf, unanswered } from './test/outcomes.js';
import { assertUsed } from './usage.js';

const MISSING = answered('BUCKET_NOT_FOUND');

describe('used-names, used-bytes', () => {
  it('take exactly so much', () => {
    assertUsed(bucket({ usedNamespace: 3n }), 'box', { used: 'names', amount: 3n });
    assertUsed(bucket({ usedBytes: 2n ** 62n + 1n }), 'box', { used: 'bytes', amount: 2n ** 62n + 1n });
  });
  it.each([
    [bucket({ usedNamespace: 2n, usedBytes: 3n }), 'usedNamespace 2'],
    [bucket({ usedNamespace: 2n ** 64n - 2n }), `usedNamespace ${2n ** 64n - 2n}`],
    [bucket(), 'usedNamespace nothing'],
    [MISSING, 'BUCKET_NOT_FOUND from om1'],
    [bucket({ bucketName: 'bag', usedNamespace: 3n }), 'usedNamespace 3'],
  ])('fail for another number, none, no bucket and another one', (read, found) => {
    expect(failureOf(() => assertUsed(read, 'box', { used: 'names', amount: 3n }))).toEqual({
      assertion: 'used-names',
      message: `expected bucket box with usedNamespace 3, found ${found}`,
      calls: [7],
    });
    expect(failureOf(() => assertUsed(read, 'box', { used: 'bytes', amount: 4n })).assertion).toBe('used-bytes');
  });
  it('say which command it was after', () => {
    const after = [
      answered('OK', { command: 'CreateKey', call: 5 }),
      answered('OK', { command: 'CommitKey', call: 6 }),
    ];
    expect(failureOf(() => assertUsed(bucket(), 'box', { used: 'names', amount: 1n }, after))).toEqual({
      assertion: 'used-names',
      message: 'expected bucket box with usedNamespace 1 after CreateKey and CommitKey, found usedNamespace nothing',
      calls: [5, 6, 7],
    });
  });
});

describe('all-answered', () => {
  it('takes answers of any status', () => {
    assertAllAnswered([answered('OK'), MISSING]);
  });
  it('fails for a call without one', () => {
    expect(
      failureOf(() => assertAllAnswered([answered('OK'), unanswered('deadline', { command: 'RenameKey' })])),
    ).toEqual({
      assertion: 'all-answered',
      message: 'expected an answer to RenameKey, found no answer from om1 (deadline: gone)',
      calls: [7],
    });
    expect(() => assertAllAnswered([])).toThrow('no request to judge');
  });
});

describe('shows-nothing', () => {
  const flat = answered('OK', { command: 'ListKeys' }, { listKeysResponse: {} });
  const light = answered('OK', { command: 'ListKeysLight' }, { listKeysLightResponse: {} });
  const tree = answered('OK', { command: 'ListStatus' }, { listStatusResponse: {} });
  it('takes empty listings', () => {
    assertShowsNothing([flat, light, tree]);
  });
  it.each([
    [answered('KEY_NOT_FOUND', { command: 'ListKeys' }), 'ListKeys', 'KEY_NOT_FOUND from om1'],
    [
      answered('OK', { command: 'ListKeysLight' }, { listKeysLightResponse: { basicKeyInfo: [{ keyName: 'a' }] } }),
      'ListKeysLight',
      '["a"]',
    ],
    [answered('OK', { command: 'ListStatus' }, { listStatusResponse: { statuses: [{}] } }), 'ListStatus', '[""]'],
  ])('fails for an entry, and for what is no listing', (listing, command, found) => {
    expect(failureOf(() => assertShowsNothing([flat, listing]))).toEqual({
      assertion: 'shows-nothing',
      message: `expected ${command} without an entry, found ${found}`,
      calls: [7],
    });
  });
  it('is the kit’s fault where there is none', () => {
    expect(() => assertShowsNothing([])).toThrow('no listing to judge');
  });
});
