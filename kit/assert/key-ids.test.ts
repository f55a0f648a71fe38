import { describe, expect, it } from 'vitest';
import type { RoundTrip } from '../scenario/round-trip.js';
import { assertSameKey } from './key-kept.js';
import { assertNewer, assertOtherId, assertOwnIds } from './object-ids.js';
import { assertRoundTrip } from './round-trip.js';
import { KEY, key, keyPage } from './test/keys.js';
import { answered, bucket, failureOf, unanswered } from './test/outcomes.js';

const MISSING = answered('KEY_NOT_FOUND');

describe('key-kept', () => {
  it('takes the key under its new name, with what a rename changes', () => {
    assertSameKey(key({ keyName: 'l', updateID: 9n, modificationTime: 2n, parentID: 3n }), 'l', KEY);
  });
  it.each([
    [key({ keyName: 'l', objectID: 1n }), `with objectID ${KEY.objectID}, found the name, with objectID 1`],
    [key({ keyName: 'm' }), 'found a key named "m"'],
    [MISSING, 'found KEY_NOT_FOUND from om1'],
  ])('fails for another id, another name, and no key', (read, end) => {
    const { assertion, message } = failureOf(() => assertSameKey(read, 'l', KEY));
    expect(assertion).toBe('key-kept');
    expect(message).toBe(`expected key "k" as it was, under the name "l", ${end}`);
  });
});

describe('object-ids', () => {
  const box = bucket({ objectID: 3n }, { call: 1 });
  const page = (...ids: readonly (bigint | undefined)[]) => {
    const keyInfo = ids.map((objectID, index) => ({ ...KEY, keyName: `k${index}`, objectID }));
    return answered('OK', { call: 2 }, { listKeysResponse: { keyInfo } });
  };
  it('takes ids that are all different', () => {
    assertOwnIds([box], [page(4n, 5n), page(6n)]);
  });
  it.each([
    [page(4n, 4n), 'an objectID for each bucket and key alone', '4 of key "k0" and of key "k1"'],
    [page(3n), 'an objectID for each bucket and key alone', '3 of bucket box and of key "k0"'],
    [page(undefined), 'key "k0" with an objectID', 'objectID 0'],
  ])('fails for the id of another key, of the bucket, and for none', (listing, expected, found) => {
    expect(failureOf(() => assertOwnIds([box], [listing]))).toMatchObject({
      assertion: 'object-ids',
      message: `expected ${expected}, found ${found}`,
    });
  });
  it('fails where the bucket is not there', () => {
    expect(failureOf(() => assertOwnIds([answered('BUCKET_NOT_FOUND')], [page(4n)])).assertion).toBe('object-ids');
  });
  it('is the kit’s fault where there is nothing to compare', () => {
    expect(() => assertOwnIds([box], [])).toThrow('no two objects to judge');
  });
});

describe('object-id-new', () => {
  it('takes another id', () => {
    assertOtherId(key({ objectID: 9n }), KEY);
  });
  it.each([
    [key(), `objectID ${KEY.objectID}`],
    [MISSING, 'KEY_NOT_FOUND from om1'],
  ])('fails for the same id, and for no key', (read, found) => {
    expect(failureOf(() => assertOtherId(read, KEY))).toEqual({
      assertion: 'object-id-new',
      message: `expected a key with another objectID than ${KEY.objectID}, found ${found}`,
      calls: [7],
    });
  });
});

describe('generation-grows', () => {
  it('takes a higher one', () => {
    assertNewer(key({ updateID: 6n }), KEY);
  });
  it.each([
    [key(), 'updateID 5'],
    [key({ updateID: 4n }), 'updateID 4'],
    [key({ updateID: undefined }), 'updateID nothing'],
    [MISSING, 'KEY_NOT_FOUND from om1'],
  ])('fails for the same, a lower one, none, and no key', (read, found) => {
    expect(failureOf(() => assertNewer(read, KEY))).toEqual({
      assertion: 'generation-grows',
      message: `expected an updateID above 5, that of key "k", found ${found}`,
      calls: [7],
    });
  });
});

describe('a round trip', () => {
  const made = answered('OK', { call: 1 });
  const trip: RoundTrip = {
    key: 'k',
    before: keyPage(['a']),
    made,
    read: key({}, { call: 2 }),
    listed: keyPage(['a', 'k'], { call: 3 }),
    deleted: answered('OK', { call: 4 }),
    readAfter: answered('KEY_NOT_FOUND', { call: 5 }),
    after: keyPage(['a'], { call: 6 }),
  };
  const refused: RoundTrip = {
    ...trip,
    made: answered('INVALID_KEY_NAME', { call: 1 }),
    read: MISSING,
    listed: keyPage(['a']),
    deleted: MISSING,
  };
  it('takes a key that came back, and one that was refused', () => {
    assertRoundTrip(trip);
    assertRoundTrip(refused);
  });
  it.each<[string, Partial<RoundTrip>, string]>([
    ['read under another name', { read: key({ keyName: 'K' }) }, 'expected key "k", found key "K"'],
    ['not read', { read: MISSING }, 'expected key "k", found KEY_NOT_FOUND from om1'],
    ['not listed', { listed: keyPage(['a']) }, 'expected keys ["a", "k"], found keys ["a"]'],
    ['listed under another name', { listed: keyPage(['a', 'K']) }, 'expected keys ["a", "k"], found keys ["a", "K"]'],
    ['not deleted', { deleted: MISSING }, 'expected key "k" deleted, found KEY_NOT_FOUND from om1'],
    ['still there', { readAfter: key() }, 'expected no key "k" after it was deleted, found it is there'],
    ['deleted with another', { after: keyPage([]) }, 'expected keys ["a"] after it was deleted, found keys []'],
  ])('fails for a key that is %s: name-kept', (_title, change, message) => {
    const found = failureOf(() => assertRoundTrip({ ...trip, ...change }));
    expect(found).toMatchObject({ assertion: 'name-kept', message });
    expect(found.calls).toContain(1);
  });
  it.each<[string, Partial<RoundTrip>, string]>([
    ['and is there', { read: key() }, 'expected no key "k", which was refused, found it is there'],
    ['and is listed', { listed: keyPage(['a', 'k']) }, 'expected keys ["a"], as before, found keys ["a", "k"]'],
    [
      'without an answer',
      { made: unanswered('deadline') },
      'expected key "k" made or refused in an answer, found no answer from om1 (deadline: gone)',
    ],
  ])('fails for a key that was refused %s: name-refused', (_title, change, message) => {
    expect(failureOf(() => assertRoundTrip({ ...refused, ...change }))).toMatchObject({
      assertion: 'name-refused',
      message,
    });
  });
});
