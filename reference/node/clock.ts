/** Time as the node sees it: injected, so that tests and the simulation hold it (design §4.16). */
export interface Clock {
  /** Milliseconds since 1970; may jump. */
  wallMs(): bigint;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonicMs(): number;
  /** Runs `work` about every `periodMs` until the returned function is called. */
  every(periodMs: number, work: () => void): () => void;
  /** Runs `work` once, after the input that is being handled now, before timers. */
  soon(work: () => void): void;
  after(delayMs: number, work: () => void): () => void;
}
