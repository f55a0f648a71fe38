import { describe, expect, it } from 'vitest';
import type { Step } from '../models/answer.js';
import { Search, type SearchedCall } from './search.js';

/** One register. */
const put =
  (value: number): Step =>
  (state) => {
    state[0] = value;
    return true;
  };
const shows =
  (value: number): Step =>
  (state) =>
    state[0] === value;
const anything: Step = () => true;

const call = (begin: number, end: number | undefined, step: Step, more: Partial<SearchedCall> = {}): SearchedCall => ({
  begin,
  end,
  step,
  withoutEffect: false,
  ...more,
});
const look = (begin: number, end: number, step: Step): SearchedCall => call(begin, end, step, { withoutEffect: true });
const often = (until: number, step: Step): SearchedCall =>
  call(Number.NEGATIVE_INFINITY, undefined, step, { anyTimesUntil: until });

function found(...calls: SearchedCall[]) {
  return new Search(calls, Int32Array.of(0)).run(10_000);
}

describe('Search', () => {
  it('lets a call happen any number of times before its end, or never', () => {
    expect(found(often(5, put(1)), call(1, 2, put(2)), look(1, 9, shows(1)), look(1, 9, shows(2)))).toBe('an order');
    expect(found(often(5, put(1)), look(6, 7, shows(0)))).toBe('an order');
    expect(found(often(5, put(1)), call(4, 6, put(0)), look(7, 8, shows(1)))).toBe('an order');
  });
  it('does not let it happen behind what began after its end', () => {
    expect(found(often(5, put(1)), call(6, 7, put(2)), look(8, 9, shows(1)))).toBe('none');
  });
  it('gives a call without effect no place that takes the last chance of another', () => {
    // The one that fits at once began behind the end of the writes that the other one shows.
    const step = often(5, (state) => state[0] === 1 && put(2)(state));
    expect(found(often(5, put(1)), step, look(6, 20, anything), look(4, 30, shows(2)))).toBe('an order');
  });
  it('puts a call behind those that it has to follow', () => {
    const early = call(Number.NEGATIVE_INFINITY, 9, shows(0), { withoutEffect: true, behind: [0] });
    expect(found(call(1, 2, put(1)), { ...early, behind: [] })).toBe('an order');
    expect(found(call(1, 2, put(1)), early)).toBe('none');
  });
  it('goes on where it stopped', () => {
    const calls = Array.from({ length: 6 }, (_, value) => call(0, 9, put(value)));
    const search = new Search([...calls, look(10, 11, shows(2))], Int32Array.of(0));
    let rounds = 0;
    while (search.run(3) === undefined) rounds += 1;
    expect(search.run(1)).toBe('an order');
    expect(rounds).toBeGreaterThan(2);
  });
});
