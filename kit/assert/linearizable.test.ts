import { describe, expect, it } from 'vitest';
import { ConformanceFailure, UndecidedError } from '../failure.js';
import { readHistory } from '../history/file.js';
import { drop, ok, read, says, shows, unknown, write, written } from '../history/test/written.js';
import { assertLinearizable } from './linearizable.js';

const missing = says('KEY_NOT_FOUND');

function thrown(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('assertLinearizable', () => {
  it('takes a history with an order, also when an outcome is unknown', () => {
    assertLinearizable(written([0, 1, write('a', '1'), unknown], [2, 3, read('a'), shows('1')]));
  });
  it('shows the calls that no order explains, and keeps the history', () => {
    const history = written(
      [0, 1_000, write('a', '1'), ok()],
      [1_200, 1_900, write('b', '2'), ok()],
      [2_000, 3_000, read('a'), missing],
    );
    const error = thrown(() => assertLinearizable(history));
    if (!(error instanceof ConformanceFailure)) throw new Error('it did not fail');
    expect(error.assertion).toBe('linearizable');
    expect(error.message).toBe(
      'expected an order of these 2 calls in which each ends as it did, whatever 0 others did, found none: ' +
        'client 1 at om1, 0.0–1.0 ms: commits key "a" with "1": OK; ' +
        'client 3 at om1, 2.0–3.0 ms: reads key "a": KEY_NOT_FOUND',
    );
    expect(error.history?.calls.map(({ asked }) => asked)).toEqual(['commits key "a" with "1"', 'reads key "a"']);
    expect(readHistory(error.history?.text ?? '', 'kept')).toEqual(history);
  });
  it('is undecided where the steps are spent, and keeps the history', () => {
    const history = written([0, 9, write('a', '1'), ok()], [0, 9, drop('a'), missing], [0, 9, read('a'), missing]);
    const error = thrown(() => assertLinearizable(history, 1));
    expect(error).toBeInstanceOf(UndecidedError);
    if (!(error instanceof UndecidedError)) return;
    expect(error.message).toMatch(/cannot be told: 1 steps decided all but 1 of its parts: 3 calls/);
    expect(readHistory(error.history?.text ?? '', 'kept')).toEqual(history);
  });
});
