import { describe, expect, it } from 'vitest';
import { figuresOf, median, pairedRatio, percentile } from './measure.js';

describe('percentile', () => {
  it.each([
    [[5], 0.5, 5],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4], 0.99, 4],
    [[1, 2, 3, 4], 0, 1],
  ])('of %j at %d is %d', (values, q, expected) => {
    expect(percentile(values, q)).toBe(expected);
  });
  it('of nothing is not a number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('figuresOf', () => {
  it('counts errors apart and sorts latencies', () => {
    expect(figuresOf([3, 1, 2], 500, 4)).toEqual({
      perSecond: 6,
      p50Ms: 2,
      p99Ms: 3,
      maxMs: 3,
      operations: 3,
      errors: 4,
    });
  });
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('a ratio of turns', () => {
  it('is the median of those of neighbours, however much the machine changed in between', () => {
    expect(pairedRatio([1, 20, 300], [2, 40, 500])).toBe(0.5);
  });
  it('is of those turns that both had', () => {
    expect(pairedRatio([1, 20, 300], [2])).toBe(0.5);
    expect(pairedRatio([1], [2, 40])).toBe(0.5);
  });
  it('is none of nothing', () => {
    expect(pairedRatio([], [1])).toBeNaN();
  });
});
