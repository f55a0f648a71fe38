import { describe, expect, it } from 'vitest';
import { ConformanceFailure, UndecidedError } from '../failure.js';
import { readHistory } from '../history/file.js';
import { drop, ok, read, says, shows, write, written } from '../history/test/written.js';
import { assertBounded, assertSequential } from './guarantee.js';

const missing = says('KEY_NOT_FOUND');
const ann = 1;
const bob = 2;

function thrown(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('assertSequential', () => {
  it('takes reads that are behind what others wrote', () => {
    assertSequential(written([0, 1, write('a', '1'), ok(), ann], [2, 3, read('a'), missing, bob]));
  });
  it('shows the calls of a client that went back, and keeps the history', () => {
    const history = written(
      [0, 1_000, write('a', '1'), ok(), ann],
      [1_200, 1_900, write('b', '2'), ok(), bob],
      [2_000, 3_000, read('a'), missing, ann],
    );
    const error = thrown(() => assertSequential(history));
    if (!(error instanceof ConformanceFailure)) throw new Error('it did not fail');
    expect(error.assertion).toBe('sequential-per-client');
    expect(error.message).toMatch(
      /no client goes back behind what it wrote or saw in these 2 calls, whatever 1 others/,
    );
    expect(error.history?.calls.map(({ asked }) => asked)).toEqual(['commits key "a" with "1"', 'reads key "a"']);
    const guarantee = { kind: 'sequential per client' };
    const kept = { ...history, header: { ...history.header, guarantee } };
    expect(readHistory(error.history?.text ?? '', 'kept')).toEqual(kept);
  });
  it('is undecided where the steps are spent', () => {
    const history = written([0, 9, write('a', '1'), ok()], [0, 9, drop('a'), missing], [0, 9, read('a'), missing]);
    expect(thrown(() => assertSequential(history, 1))).toBeInstanceOf(UndecidedError);
  });
});

describe('assertBounded', () => {
  const history = written(
    [0, 1_000, write('a', '1'), ok()],
    [1_500, 2_000, write('a', '2'), ok()],
    [5_500, 6_000, read('a'), shows('1')],
  );
  it('takes a read that is as old as it may be', () => {
    assertBounded(history, 4);
  });
  it('shows the calls of one that is older', () => {
    const error = thrown(() => assertBounded(history, 3));
    if (!(error instanceof ConformanceFailure)) throw new Error('it did not fail');
    expect(error.assertion).toBe('bounded-staleness');
    expect(error.message).toMatch(/no read is older than 3 ms/);
  });
});
