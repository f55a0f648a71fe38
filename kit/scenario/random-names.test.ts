import { describe, expect, it } from 'vitest';
import { Draws } from './draws.js';
import { namesInRange, randomNames, randomWay } from './random-names.js';

const CHARACTERS = ['a', 'b', '/', 'é'];

describe('Draws', () => {
  it('draws the same from the same seed, and other numbers for other seeds and subjects', () => {
    const draw = (seed: string, subject: string) => {
      const draws = new Draws(seed, subject);
      return Array.from({ length: 20 }, () => draws.below(1000));
    };
    expect(draw('s', 'a')).toEqual(draw('s', 'a'));
    expect(draw('s', 'a')).not.toEqual(draw('t', 'a'));
    expect(draw('s', 'a')).not.toEqual(draw('s', 'b'));
    expect(new Set(draw('s', 'a')).size).toBeGreaterThan(10);
  });
  it('reaches both ends, and nothing beyond', () => {
    const draws = new Draws('s', 'ends');
    expect(new Set(Array.from({ length: 100 }, () => draws.between(2, 4)))).toEqual(new Set([2, 3, 4]));
  });
  it('draws as many bytes as it is asked for, of all values, and goes on after them', () => {
    const [one, other] = [new Draws('s', 'bytes'), new Draws('s', 'bytes')];
    for (const length of [0, 1, 31, 32, 33, 5000]) {
      const drawn = one.bytes(length);
      expect(drawn).toHaveLength(length);
      expect(drawn).toEqual(other.bytes(length));
      if (length === 5000) expect(new Set(drawn).size).toBe(256);
    }
    expect(one.bytes(32)).not.toEqual(one.bytes(32));
  });
  it('throws where there is nothing to draw', () => {
    const draws = new Draws('s', 'nothing');
    expect(() => draws.below(0)).toThrow(RangeError);
    expect(() => draws.oneOf([])).toThrow(RangeError);
  });
});

describe('randomNames', () => {
  it('are different, of the characters, without a slash at their beginning; some begin with others', () => {
    const names = randomNames(new Draws('s', 'names'), 30, CHARACTERS);
    expect(new Set(names).size).toBe(30);
    for (const name of names) expect(name).toMatch(/^[abé][ab/é]*$/);
    expect(names.some((name) => names.some((other) => other !== name && other.startsWith(name)))).toBe(true);
  });
  it('throws where there are not so many', () => {
    expect(() => randomNames(new Draws('s', 'none'), 1, ['/'])).toThrow(RangeError);
  });
});

describe('randomWay', () => {
  it('takes ranges of all kinds, never one that begins below its prefix', () => {
    const draws = new Draws('s', 'ways');
    const names = randomNames(draws, 10, CHARACTERS);
    const ways = Array.from({ length: 200 }, () => randomWay(draws, names, CHARACTERS));
    for (const { prefix, after, size } of ways) {
      expect(size).toBeGreaterThan(0);
      if (prefix !== undefined && after !== undefined) expect(after >= prefix).toBe(true);
    }
    const kinds = new Set(ways.map(({ prefix, after }) => `${prefix !== undefined} ${after !== undefined}`));
    expect(kinds.size).toBe(4);
    expect(ways.some((way) => namesInRange(names, way).length === 0)).toBe(true);
    expect(ways.some(({ after }) => after !== undefined && names.includes(after))).toBe(true);
    expect(ways.some(({ after }) => after !== undefined && !names.includes(after))).toBe(true);
  });
});

describe('namesInRange', () => {
  it.each([
    [{}, ['a', 'a/b', 'b', '\uFFFD', '\u{10000}']],
    [{ prefix: 'a' }, ['a', 'a/b']],
    [{ after: 'a' }, ['a/b', 'b', '\uFFFD', '\u{10000}']],
    [{ after: '\uFFFD' }, ['\u{10000}']],
    [{ prefix: 'a', after: 'a/' }, ['a/b']],
    [{ prefix: 'b', after: 'b' }, []],
  ])('%j', (range, expected) => {
    expect(namesInRange(['\u{10000}', 'b', 'a/b', '\uFFFD', 'a'], range)).toEqual(expected);
  });
});
