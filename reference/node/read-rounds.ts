/**
 * Gathers reads into ReadIndex rounds (design §4.11): one round at a time; what arrives during a round takes the next, for
 * its answer may be older than the arrival. A round whose messages were lost is asked again. Decides when a round is due
 * and whom an answer satisfies; sending and waiting for the index is the caller's.
 */
export class ReadRounds<T> {
  #queued: T[] = [];
  /** Rounds that were asked and not answered, oldest first. */
  #asked: { readonly round: number; readonly reads: readonly T[] }[] = [];
  #round = 0;
  #askedAtMs = 0;

  constructor(readonly retryMs: number) {}

  get size(): number {
    return this.#asked.reduce((sum, { reads }) => sum + reads.length, this.#queued.length);
  }

  add(read: T): void {
    this.#queued.push(read);
  }

  /** The number of the round to ask for now, or undefined. */
  next(nowMs: number): number | undefined {
    const waiting = this.#asked.length > 0;
    if (waiting ? nowMs - this.#askedAtMs < this.retryMs : this.#queued.length === 0) return undefined;
    this.#round++;
    this.#askedAtMs = nowMs;
    // A repeated question also takes along what came meanwhile: it is asked after their arrival.
    if (this.#queued.length > 0) this.#asked.push({ round: this.#round, reads: this.#queued });
    this.#queued = [];
    return this.#round;
  }

  /** The reads that an answer to `round` satisfies: those that arrived before it was asked. */
  answered(round: number): T[] {
    const satisfied: T[] = [];
    while (this.#asked[0] !== undefined && this.#asked[0].round <= round) {
      satisfied.push(...(this.#asked.shift()?.reads ?? []));
    }
    return satisfied;
  }

  drain(): T[] {
    const all = [...this.#asked.flatMap(({ reads }) => reads), ...this.#queued];
    this.#asked = [];
    this.#queued = [];
    return all;
  }
}
