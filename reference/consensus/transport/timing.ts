/** Time as the transport needs it: injected, so that tests hold it (design §4.16). */
export interface Timer {
  /** Runs `work` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, work: () => void): () => void;
}

/** Pauses that double from `firstMs` up to `maxMs`. */
export class Backoff {
  #nextMs: number;

  constructor(
    readonly firstMs: number,
    readonly maxMs: number,
  ) {
    this.#nextMs = firstMs;
  }

  nextMs(): number {
    const pause = this.#nextMs;
    this.#nextMs = Math.min(pause * 2, this.maxMs);
    return pause;
  }

  reset(): void {
    this.#nextMs = this.firstMs;
  }
}
