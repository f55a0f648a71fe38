import { describe, expect, it } from 'vitest';
import { CONTENT } from '../scenario/operations/key.js';
import { assertHolds } from './bucket-holds.js';
import { assertSaid, assertTagsRead } from './key-content.js';
import { key, keyPage } from './test/keys.js';
import { answered, failureOf } from './test/outcomes.js';

const MISSING = answered('KEY_NOT_FOUND');

describe('key-content', () => {
  it('takes the key with its content', () => {
    assertSaid(key({ metadata: [{ key: CONTENT, value: 'one' }] }), 'k', { content: 'one' });
  });
  it.each([
    [key({ metadata: [{ key: CONTENT, value: 'two' }] }), 'found content "two"'],
    [key(), 'found content nothing'],
    [MISSING, 'found KEY_NOT_FOUND from om1'],
  ])('fails for another content, for none, and for no key', (read, found) => {
    expect(failureOf(() => assertSaid(read, 'k', { content: 'one' }))).toEqual({
      assertion: 'key-content',
      message: `expected key "k" with content "one", ${found}`,
      calls: [7],
    });
  });
});

describe.each(['metadata', 'tags'] as const)('key-%s', (part) => {
  const pairs = [
    { key: 'a', value: '1' },
    { key: 'b', value: '' },
  ];
  it('takes exactly these, in any order, and a value that is left out as an empty one', () => {
    const said = { [part]: [['b', ''] as const, ['a', '1'] as const] };
    assertSaid(key({ [part]: pairs }), 'k', said);
    assertSaid(key({ [part]: [{ key: 'b' }, { key: 'a', value: '1' }] }), 'k', said);
    assertSaid(key(), 'k', { [part]: [] });
  });
  it.each([
    [key({ [part]: pairs.slice(0, 1) }), `found ${part} {"a": "1"}`],
    [key({ [part]: [...pairs, { key: 'c', value: '' }] }), `found ${part} {"a": "1", "b": "", "c": ""}`],
    [key({ [part]: [pairs[0], { key: 'b', value: '2' }] }), `found ${part} {"a": "1", "b": "2"}`],
    [MISSING, 'found KEY_NOT_FOUND from om1'],
  ])('fails for one less, one more, another value, and no key', (read, found) => {
    const said = { [part]: [['a', '1'] as const, ['b', ''] as const] };
    expect(failureOf(() => assertSaid(read, 'k', said))).toEqual({
      assertion: `key-${part}`,
      message: `expected key "k" with ${part} {"a": "1", "b": ""}, ${found}`,
      calls: [7],
    });
  });
});

describe('bucket-holds', () => {
  it('takes the keys in any order', () => {
    assertHolds(keyPage(['b', 'a']), ['a', 'b']);
    assertHolds(keyPage([]), []);
  });
  it.each([
    [['a'], 'found keys ["a"]'],
    [['a', 'b', 'c'], 'found keys ["a", "b", "c"]'],
    [['a', 'b', 'b'], 'found keys ["a", "b", "b"]'],
  ])('fails for one less, one more, and one twice', (names, found) => {
    expect(failureOf(() => assertHolds(keyPage(names), ['a', 'b']))).toEqual({
      assertion: 'bucket-holds',
      message: `expected keys ["a", "b"], ${found}`,
      calls: [7],
    });
  });
  it('fails where there is no listing', () => {
    expect(failureOf(() => assertHolds(MISSING, [])).assertion).toBe('page-answered');
  });
});

describe('tags-read', () => {
  const read = (...tags: readonly (readonly [key: string, value: string])[]) =>
    answered('OK', {}, { getObjectTaggingResponse: { tags: tags.map(([key, value]) => ({ key, value })) } });
  it('takes exactly these tags', () => {
    assertTagsRead(read(['b', ''], ['a', '1']), [
      ['a', '1'],
      ['b', ''],
    ]);
    assertTagsRead(read(), []);
  });
  it.each([
    [read(['a', '2']), 'found tags {"a": "2"}'],
    [read(['a', '1'], ['b', '']), 'found tags {"a": "1", "b": ""}'],
    [read(), 'found tags {}'],
    [MISSING, 'found KEY_NOT_FOUND from om1'],
    [answered('OK'), 'found OK from om1'],
  ])('fails for another value, one more, none, and no answer about tags', (answer, found) => {
    expect(failureOf(() => assertTagsRead(answer, [['a', '1']]))).toEqual({
      assertion: 'tags-read',
      message: `expected tags {"a": "1"}, ${found}`,
      calls: [7],
    });
  });
});
