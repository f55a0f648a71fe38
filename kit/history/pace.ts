/**
 * How many calls the clients of a recording make, and when: a part before something is done to the cluster, a part while it is
 * done, however long that takes, and a part afterwards. It knows no client and no cluster.
 */

/** Between two calls of a client that has had its part and waits for the end of what is done. */
const TRICKLE_MS = 100;

export class Pace {
  readonly #quarter: number;
  readonly #most: number;
  #begun = 0;
  #limit: number;
  #stopped = false;
  #done = false;
  readonly #wake = new Set<() => void>();

  /** @param operations calls in all; at most twice as many where what is done takes long */
  constructor(operations: number) {
    this.#quarter = Math.ceil(operations / 4);
    this.#most = 2 * operations;
    this.#limit = 3 * this.#quarter;
  }

  /** Calls that are to be answered before anything is done to the cluster. */
  get before(): number {
    return this.#quarter;
  }

  /** Whether there is another call to make; waits where it is too early for it. */
  async turn(): Promise<boolean> {
    while (!this.#stopped && this.#begun >= this.#limit && !this.#done) {
      await this.#sleep(TRICKLE_MS);
      if (!this.#done && this.#begun < this.#most - this.#quarter) break;
    }
    if (this.#stopped || (this.#done && this.#begun >= this.#limit)) return false;
    this.#begun += 1;
    return true;
  }

  /** What was done to the cluster is done: one more part, and the rest of what was wanted. */
  finish(): void {
    this.#limit = Math.max(this.#begun + this.#quarter, 4 * this.#quarter);
    this.#done = true;
    this.#rouse();
  }

  stop(): void {
    this.#stopped = true;
    this.#rouse();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  #rouse(): void {
    for (const wake of [...this.#wake]) wake();
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#wake.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake.add(end);
    });
  }
}
