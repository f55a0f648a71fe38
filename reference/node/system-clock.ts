/** The real clock, and the only file of the node that reads it. */
import { performance } from 'node:perf_hooks';
import type { Clock } from './clock.js';

export const systemClock: Clock = {
  wallMs: () => BigInt(Date.now()),
  monotonicMs: () => performance.now(),
  every(periodMs, work) {
    const timer = setInterval(work, periodMs);
    return () => clearInterval(timer);
  },
  soon(work) {
    setImmediate(work);
  },
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
