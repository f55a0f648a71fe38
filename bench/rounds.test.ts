import { describe, expect, it } from 'vitest';
import type { Measured } from './generator.js';
import { Rounds } from './rounds.js';

const round = (perSecond: number, errors = 0): Measured => ({
  perSecond,
  p50Ms: 1 / perSecond,
  p99Ms: 2 / perSecond,
  maxMs: 9,
  operations: 1,
  errors,
  generatorCores: 0.5,
  faults: errors > 0 ? ['NOT_THERE: no'] : [],
});
const put = { system: 'etcd', operation: 'put', clients: 1 };

describe('Rounds', () => {
  it('have a row for each thing that was driven: medians, and the sum of errors', () => {
    const rounds = new Rounds();
    for (const measured of [round(10), round(2, 3), round(4)]) rounds.note(put, measured);
    rounds.note({ ...put, clients: 64 }, round(7, 1));
    rounds.note({ ...put, operation: 'get' }, round(8));
    rounds.note({ ...put, system: 'om' }, round(9));
    const rows = rounds.rows();
    expect(rows[0]).toEqual({
      ...put,
      perSecond: 4,
      p50Ms: 0.25,
      p99Ms: 0.5,
      generatorCores: 0.5,
      errors: 3,
      perSecondOfRounds: [10, 2, 4],
    });
    expect(rows.map(({ perSecond, errors }) => [perSecond, errors])).toEqual([
      [4, 3],
      [7, 1],
      [8, 0],
      [9, 0],
    ]);
  });
  it('say what was measured, and what was wrong', () => {
    expect(new Rounds().note(put, round(10, 2))).toBe(
      'etcd put 1 clients: 10/s p50 0.10 ms p99 0.20 ms, generator 0.50 cores, 2 errors (NOT_THERE: no)',
    );
  });
});
