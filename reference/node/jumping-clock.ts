/**
 * A clock that can be made to jump, for the control service's JumpClock. Readings jump; what was ordered runs when it would have,
 * as after a process has slept: the system fires timers late, not more than once.
 */
import type { Clock } from './clock.js';

export class JumpingClock implements Clock {
  readonly #clock: Clock;
  #wallMs = 0n;
  #monotonicMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param monotonicMs at least 0 */
  jump(wallMs: bigint, monotonicMs: number): void {
    this.#wallMs += wallMs;
    this.#monotonicMs += monotonicMs;
  }

  wallMs(): bigint {
    return this.#clock.wallMs() + this.#wallMs;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs() + this.#monotonicMs;
  }

  every(periodMs: number, work: () => void): () => void {
    return this.#clock.every(periodMs, work);
  }

  soon(work: () => void): void {
    this.#clock.soon(work);
  }

  after(delayMs: number, work: () => void): () => void {
    return this.#clock.after(delayMs, work);
  }
}
