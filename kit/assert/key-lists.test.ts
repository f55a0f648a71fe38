import { describe, expect, it } from 'vitest';
import type { KeyInfo } from './key-read.js';
import { assertListingsAgree, assertReadsAgree } from './reads-agree.js';
import { KEY, key, keyPage, lightPage } from './test/keys.js';
import { answered, failureOf } from './test/outcomes.js';
import { assertUndeleted, assertUnrenamed } from './undone.js';

const MISSING = answered('KEY_NOT_FOUND');

describe('undeleted-keys', () => {
  const answer = (keys: string[], errors: string[] = keys) =>
    answered(
      'PARTIAL_DELETE',
      {},
      {
        deleteKeysResponse: {
          unDeletedKeys: { volumeName: 'alpha', bucketName: 'box', keys },
          errors: errors.map((name) => ({ key: name, errorCode: 'KEY_NOT_FOUND' })),
        },
      },
    );
  it('takes exactly these keys, in any order, named as often as it likes', () => {
    assertUndeleted(answer(['b', 'a', 'b'], ['a']), ['a', 'b']);
    assertUndeleted(answered('OK'), []);
  });
  it.each([
    [answer(['a']), 'found PARTIAL_DELETE from om1 with keys not deleted: "a"'],
    [answer(['a', 'b', 'c']), 'found PARTIAL_DELETE from om1 with keys not deleted: "a", "b", "c"'],
    [answered('OK'), 'found OK from om1 with keys not deleted: none'],
  ])('fails for one less, one more, and none', (outcome, found) => {
    expect(failureOf(() => assertUndeleted(outcome, ['a', 'b']))).toEqual({
      assertion: 'undeleted-keys',
      message: `expected keys not deleted: "a", "b", ${found}`,
      calls: [7],
    });
  });
  it('fails for an error of a key that was deleted', () => {
    expect(failureOf(() => assertUndeleted(answer(['a'], ['a', 'b']), ['a'])).message).toBe(
      'expected errors for keys of "a" alone, found errors for "b"',
    );
  });
});

describe('unrenamed-keys', () => {
  const answer = (...pairs: readonly (readonly [string, string])[]) =>
    answered(
      'PARTIAL_RENAME',
      {},
      {
        renameKeysResponse: { unRenamedKeys: pairs.map(([fromKeyName, toKeyName]) => ({ fromKeyName, toKeyName })) },
      },
    );
  const expected = [
    { from: 'a', to: 'b' },
    { from: 'c', to: 'd' },
  ];
  it('takes exactly these pairs, in any order', () => {
    assertUnrenamed(answer(['c', 'd'], ['a', 'b']), expected);
    assertUnrenamed(answered('OK'), []);
  });
  it.each([
    [answer(['a', 'b']), '"a" to "b"'],
    [answer(['a', 'b'], ['c', 'e']), '"a" to "b", "c" to "e"'],
    [answer(), 'none'],
  ])('fails for one less, another target, and none', (outcome, found) => {
    expect(failureOf(() => assertUnrenamed(outcome, expected))).toEqual({
      assertion: 'unrenamed-keys',
      message: `expected keys not renamed: "a" to "b", "c" to "d", found PARTIAL_RENAME from om1 with keys not renamed: ${found}`,
      calls: [7],
    });
  });
});

describe('reads-agree', () => {
  const light = { keyName: 'k', dataSize: 0n, type: 1, creationTime: KEY.creationTime };
  const inShort = (info: object = {}) =>
    answered(
      'OK',
      { call: 4 },
      {
        listKeysLightResponse: {
          basicKeyInfo: [{ ...light, modificationTime: KEY.modificationTime, eTag: '', ...info }],
        },
      },
    );
  const looked = (info: Partial<KeyInfo> = {}) =>
    answered('OK', { call: 2 }, { lookupKeyResponse: { keyInfo: { ...KEY, ...info } } });
  const listed = keyPage(['j', 'k'], { call: 3 });
  const known = key({}, { call: 1 });
  it('takes reads that say the same', () => {
    assertReadsAgree('k', [known, looked(), listed, inShort()]);
  });
  it('takes metadata in another order', () => {
    const [a, b] = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    const page = answered('OK', {}, { listKeysResponse: { keyInfo: [{ ...KEY, metadata: [a, b] }] } });
    assertReadsAgree('k', [key({ metadata: [a, b] }), looked({ metadata: [b, a] }), page, inShort()]);
  });
  it.each([
    ['LookupKey', [known, looked({ updateID: 6n }), listed, inShort()], 'with updateID 5', 'updateID 6', [1, 2]],
    ['LookupKey', [known, MISSING, listed, inShort()], '', 'no such key there', [1, 7]],
    ['ListKeys', [known, looked(), keyPage(['j'], { call: 3 }), inShort()], '', 'no such key there', [1, 3]],
    ['ListKeysLight', [known, looked(), listed, inShort({ dataSize: 1n })], 'with dataSize 0', 'dataSize 1', [1, 4]],
    ['ListKeysLight', [known, looked(), listed, inShort({ eTag: 'e' })], 'with eTag ""', 'eTag "e"', [1, 4]],
  ] as const)('fails where %s says something else', (by, reads, expected, found, calls) => {
    expect(failureOf(() => assertReadsAgree('k', reads))).toEqual({
      assertion: 'reads-agree',
      message: `expected key "k" in ${by}${expected === '' ? '' : ` ${expected}`}, found ${found}`,
      calls,
    });
  });
  it('fails where the key is missing, or another is shown', () => {
    expect(failureOf(() => assertReadsAgree('k', [MISSING, looked(), listed, inShort()])).message).toBe(
      'expected key "k", found KEY_NOT_FOUND from om1',
    );
    expect(failureOf(() => assertReadsAgree('k', [key({ keyName: 'K' }), looked(), listed, inShort()])).message).toBe(
      'expected a key named "k", found one named "K"',
    );
  });
});

describe('listings-agree', () => {
  const short = (names: readonly string[], isTruncated?: boolean) => {
    const { response, ...rest } = lightPage(names, { call: 2 }, isTruncated);
    const basicKeyInfo = names.map((keyName) => ({
      keyName,
      dataSize: 0n,
      type: 1,
      creationTime: KEY.creationTime,
      modificationTime: KEY.modificationTime,
    }));
    const listKeysLightResponse = { ...response.listKeysLightResponse, basicKeyInfo };
    return { ...rest, response: { ...response, listKeysLightResponse } };
  };
  const full = (names: readonly string[], isTruncated?: boolean) => keyPage(names, { call: 1 }, isTruncated);
  it('takes equal pages', () => {
    assertListingsAgree([full(['a'], true), full([], false)], [short(['a'], true), short([], false)]);
  });
  it.each([
    [[short(['b'], true)], 'expected in short ["a"], isTruncated true, found ["b"], isTruncated true'],
    [[short(['a'], false)], 'expected in short ["a"], isTruncated true, found ["a"], isTruncated false'],
    [[short(['a'], true), short([])], 'expected in short the pages [["a"]], found [["a"], []]'],
    [[lightPage(['a'], { call: 2 }, true)], expect.stringContaining('key "a" in ListKeysLight with dataSize 0')],
  ])('fails for another key, another end, another page, and another field', (pages, message) => {
    const found = failureOf(() => assertListingsAgree([full(['a'], true)], pages));
    expect(found.assertion).toBe('listings-agree');
    expect(found.message).toEqual(message);
  });
});
