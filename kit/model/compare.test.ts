import { describe, expect, it } from 'vitest';
import { compare } from './compare.js';
import { done, type Expected, refused } from './outcome.js';
import type { Shown } from './shown.js';
import { Sightings } from './sightings.js';
import { EMPTY } from './state.js';

function found(expected: Expected, body: Shown, sightings = new Sightings()): string {
  const result = compare([done(EMPTY, expected)], { status: 'OK', success: true, body }, sightings);
  return 'state' in result ? 'allowed' : result.join('; ');
}

const object = (token: number): Expected => ({ chosen: 'object', token });
const generation = (token: number): Expected => ({ chosen: 'generation', token, object: 1 });

describe('compare', () => {
  it.each<[string, Expected, Shown, string]>([
    ['what is not compared', { a: undefined }, { a: 'x' }, 'allowed'],
    ['a field', { a: 'x' }, { a: 'y', b: 'z' }, '.a: expected "x", got "y"'],
    ['a field more', { a: 'x' }, { a: 'x', b: 'z' }, 'allowed'],
    ['a field that is missing', { a: 1n }, {}, '.a: expected "1", got nothing'],
    ['a list in another order', ['a', 'b'], ['b', 'a'], '[0]: expected "a", got "b"'],
    ['a list that is longer', ['a'], ['a', 'b'], ': expected ["a"], got ["a","b"]'],
    ['a map', { exactly: { m: '1' } }, { m: '1' }, 'allowed'],
    [
      'a map with more in it',
      { exactly: { m: '1' } },
      { m: '1', n: '2' },
      ': expected {"m":"1"}, got {"m":"1","n":"2"}',
    ],
    ['a number within bounds', { atLeast: 1n, atMost: 3n }, 3n, 'allowed'],
    ['a number out of them', { atLeast: 1n, atMost: 3n }, 4n, ': expected 1 to 3, got "4"'],
    ['an id', object(1), 7n, 'allowed'],
    ['no id', object(1), 0n, ': expected an id that is not 0, got "0"'],
    [
      'two objects of one id',
      [object(1), object(2)],
      [7n, 7n],
      'object in one answer: expected an id that no other object has, got 7',
    ],
  ])('%s', (_, expected, shown, says) => {
    expect(found(expected, shown)).toBe(says);
  });

  it('an id that changed, or that another object had', () => {
    const sightings = new Sightings();
    expect(found(object(1), 7n, sightings)).toBe('allowed');
    expect(found(object(1), 8n, sightings)).toBe(': expected 7, as before, got "8"');
    expect(found(object(2), 7n, sightings)).toBe(': expected an id that no other object has, got "7"');
  });

  it('a generation that did not grow, or changed by itself', () => {
    const sightings = new Sightings();
    expect(found(generation(5), 100n, sightings)).toBe('allowed');
    expect(found(generation(5), 101n, sightings)).toBe(': expected 100, as it was not changed since, got "101"');
    expect(found(generation(6), 100n, sightings)).toBe(
      ': expected more than 100, which it was before it was changed, got "100"',
    );
    expect(found(generation(6), 101n, sightings)).toBe('allowed');
  });

  it('an outcome that is not allowed names each that is', () => {
    const allowed = refused(EMPTY, 'QUOTA_ERROR', 'QUOTA_EXCEEDED');
    const result = compare(allowed, { status: 'OK', success: true, body: undefined }, new Sightings());
    expect(result).toEqual(['status: expected QUOTA_ERROR, got OK', 'status: expected QUOTA_EXCEEDED, got OK']);
  });

  it('success that contradicts the status (W-2)', () => {
    const answer = { status: 'QUOTA_ERROR', success: true, body: undefined };
    expect(compare(refused(EMPTY, 'QUOTA_ERROR'), answer, new Sightings())).toEqual([
      'success: expected false, got true',
    ]);
  });
});
