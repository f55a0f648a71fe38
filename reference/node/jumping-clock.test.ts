import { expect, it } from 'vitest';
import type { Clock } from './clock.js';
import { JumpingClock } from './jumping-clock.js';

it('shows other times after a jump, and runs what was ordered when it would have', () => {
  const ordered: string[] = [];
  const still: Clock = {
    wallMs: () => 1_000_000n,
    monotonicMs: () => 50,
    every: (periodMs) => {
      ordered.push(`every ${periodMs}`);
      return () => undefined;
    },
    soon: () => void ordered.push('soon'),
    after: (delayMs) => {
      ordered.push(`after ${delayMs}`);
      return () => undefined;
    },
  };
  const clock = new JumpingClock(still);
  clock.jump(-3_600_000n, 0);
  clock.jump(600_000n, 250);
  expect([clock.wallMs(), clock.monotonicMs()]).toEqual([-2_000_000n, 300]);
  clock.every(10, () => undefined);
  clock.soon(() => undefined);
  clock.after(20, () => undefined);
  expect(ordered).toEqual(['every 10', 'soon', 'after 20']);
});
