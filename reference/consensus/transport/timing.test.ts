import { expect, test } from 'vitest';
import { Backoff } from './timing.js';

test('pauses double up to the bound, and begin anew after a success', () => {
  const backoff = new Backoff(50, 300);
  expect(Array.from({ length: 5 }, () => backoff.nextMs())).toEqual([50, 100, 200, 300, 300]);
  backoff.reset();
  expect(backoff.nextMs()).toBe(50);
});
