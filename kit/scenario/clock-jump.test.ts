import { expect, it } from 'vitest';
import { CLOCK_JUMPS, jumpOf } from './clock-jump.js';

it('never sets a monotonic clock back', () => {
  for (const jump of CLOCK_JUMPS) expect(jumpOf(jump).monotonicMs).toBeGreaterThanOrEqual(0n);
});

it('moves the wall clock both ways', () => {
  expect(CLOCK_JUMPS.map((jump) => jumpOf(jump).wallMs)).toEqual([-3_600_000n, 3_600_000n, 3_600_000n]);
});
