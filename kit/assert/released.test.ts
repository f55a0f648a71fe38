import { describe, expect, it } from 'vitest';
import { UndecidedError } from '../failure.js';
import type { Outcome } from '../wire/outcome.js';
import { assertReleased, echoesDuring, type MachineShare, releaseOf } from './released.js';
import { answered, failureOf } from './test/outcomes.js';

const call = (sentAtMs: number, endedAtMs: number): Outcome => ({ ...answered('OK'), sentAtMs, endedAtMs });

describe('releaseOf', () => {
  it('counts from the return of the node', () => {
    const reads = [call(0, 1_040), call(0, 1_700), call(0, 990)];
    expect(releaseOf(reads, 1_000)).toEqual({ firstMs: -10, lastMs: 700 });
    expect(() => releaseOf([], 1_000)).toThrow('no read to judge');
  });
});

describe('echoesDuring', () => {
  const reads = [call(0, 1_040), call(0, 1_700)];
  it('are counted as far as they had come', () => {
    const echoes = [call(990, 1_005), call(1_005, 1_100), call(1_100, 1_200), call(1_690, 1_900)];
    expect(echoesDuring(reads, echoes)).toEqual({ firstMs: 35, lastMs: 100 });
    expect(echoesDuring(reads, [])).toEqual({ firstMs: 0, lastMs: 0 });
  });
});

describe('assertReleased', () => {
  const within = { firstMs: 50, lastMs: 1_000 };
  const machine = (carriageMs: number, echoMs: number): MachineShare => ({
    carriage: { firstMs: carriageMs, lastMs: 10 * carriageMs },
    echo: { firstMs: echoMs, lastMs: echoMs },
  });
  const quick = machine(10, 5);
  const judged = (firstMs: number, lastMs: number, share: MachineShare): string => {
    try {
      assertReleased({ firstMs, lastMs }, within, share);
      return 'in time';
    } catch (error) {
      if (error instanceof UndecidedError) return 'undecided';
    }
    return failureOf(() => assertReleased({ firstMs, lastMs }, within, share)).assertion;
  };
  it.each<[string, number, number, MachineShare, string]>([
    ['at once', 3, 200, quick, 'in time'],
    ['with what it takes to carry them', 60, 1_100, quick, 'in time'],
    ['the first too late', 61, 200, quick, 'released-in-time'],
    ['the last too late', 3, 1_101, quick, 'released-in-time'],
    ['with as much again, where carrying takes longer', 100, 2_000, machine(200, 200), 'in time'],
    ['later than that, and carrying takes as long', 101, 1_000, machine(80, 0), 'undecided'],
    ['later than carrying explains', 131, 1_000, machine(80, 0), 'released-in-time'],
    ['late as far as echoes explain', 110, 1_000, machine(20, 40), 'undecided'],
    ['later than echoes explain', 111, 1_000, machine(20, 40), 'released-in-time'],
    ['the last too late, the first unclear', 101, 3_000, machine(80, 0), 'released-in-time'],
  ])('%s', (_, firstMs, lastMs, share, expected) => {
    expect(judged(firstMs, lastMs, share)).toBe(expected);
  });
  it('says what was measured', () => {
    const release = { firstMs: 120, lastMs: 200 };
    expect(failureOf(() => assertReleased(release, within, quick)).message).toBe(
      'expected the first after 50 ms, the last after 1000 ms, and the first after 10 ms, the last after 100 ms to carry them, found the first after 120 ms, the last after 200 ms',
    );
    expect(() => assertReleased(release, within, machine(10, 70))).toThrow('as long as 70 ms and 70 ms meanwhile');
  });
});
