import { expect, test } from 'vitest';
import { boundTranscript } from './bound-transcript.js';

const call = (number: number, chars: number) => ({
  number,
  node: 'om1',
  command: 'c',
  request: '',
  metadata: {},
  answer: 'x'.repeat(chars),
  trailers: {},
  sentAtMs: number,
});
const numbers = (calls: { number: number }[]) => calls.map(({ number }) => number);

test('a short transcript stays as it is', () => {
  const calls = [call(1, 10), call(2, 10)];
  expect(boundTranscript(calls, [])).toEqual(calls);
});

test('a long one keeps the newest, in their order, and the decisive ones whatever their age', () => {
  const calls = Array.from({ length: 100 }, (_, index) => call(index + 1, 10_000));
  const kept = numbers(boundTranscript(calls, [2]));
  expect(kept[0]).toBe(2);
  expect(kept.at(-1)).toBe(100);
  expect(kept.slice(1)).toEqual(Array.from({ length: kept.length - 1 }, (_, index) => 102 - kept.length + index));
  expect(JSON.stringify(boundTranscript(calls, [2])).length).toBeLessThan(300_000);
});

test('a call too large for all the room is left out with what is older', () => {
  expect(numbers(boundTranscript([call(1, 10), call(2, 300_000), call(3, 10)], []))).toEqual([3]);
});
