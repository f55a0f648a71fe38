import { describe, expect, it } from 'vitest';
import type { Outcome } from '../wire/outcome.js';
import { assertPace, paceOf } from './msync-pace.js';
import { answered, failureOf } from './test/outcomes.js';

const taking = (...times: readonly number[]): Outcome[] =>
  times.map((endedAtMs) => ({ ...answered('OK'), sentAtMs: 0, endedAtMs }));

describe('paceOf', () => {
  it('is what half of them took', () => {
    expect(paceOf({ msyncs: taking(9_000, 3, 1, 2), echoes: taking(1, 500, 2) })).toEqual({ msyncMs: 2, echoMs: 2 });
  });
  it('of none cannot be told', () => {
    expect(() => paceOf({ msyncs: [], echoes: taking(1) })).toThrow('no Msync to judge');
    expect(() => paceOf({ msyncs: taking(1), echoes: [] })).toThrow('no Msync to judge');
  });
});

describe('msync-keeps-pace', () => {
  it('takes what two heartbeats and five echoes explain', () => {
    assertPace({ msyncMs: 250, echoMs: 10 }, 200);
  });
  it('does not take more', () => {
    expect(failureOf(() => assertPace({ msyncMs: 251, echoMs: 10 }, 200))).toMatchObject({
      assertion: 'msync-keeps-pace',
      message: 'expected Msyncs that mostly take at most 200 ms more than 5 times 10 ms, as echoes took, found 251 ms',
    });
  });
});
