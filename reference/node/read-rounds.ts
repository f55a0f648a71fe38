/**
 * Gathers questions into ReadIndex rounds (design §4.11): one round at a time; what arrives during a round takes the next, for
 * its answer may be older than the arrival. A round whose messages were lost is asked again. Decides when a round is due
 * and whom an answer satisfies; sending it and what follows is the caller's.
 */
export class ReadRounds<T> {
  #queued = new Set<T>();
  /** Rounds that were asked and not answered, oldest first; none is empty. */
  #asked: { readonly round: number; readonly askers: Set<T> }[] = [];
  #round = 0;
  #askedAtMs = 0;

  constructor(readonly retryMs: number) {}

  get size(): number {
    return this.#asked.reduce((sum, { askers }) => sum + askers.size, this.#queued.size);
  }

  add(asker: T): void {
    this.#queued.add(asker);
  }

  /** Nobody waits for this answer any more. */
  remove(asker: T): void {
    if (this.#queued.delete(asker)) return;
    if (this.#asked.some(({ askers }) => askers.delete(asker))) {
      this.#asked = this.#asked.filter(({ askers }) => askers.size > 0);
    }
  }

  /** The number of the round to ask for now, or undefined. */
  next(nowMs: number): number | undefined {
    const waiting = this.#asked.length > 0;
    if (waiting ? nowMs - this.#askedAtMs < this.retryMs : this.#queued.size === 0) return undefined;
    this.#round++;
    this.#askedAtMs = nowMs;
    // A repeated question also takes along what came meanwhile: it is asked after their arrival.
    if (this.#queued.size > 0) {
      this.#asked.push({ round: this.#round, askers: this.#queued });
      this.#queued = new Set();
    }
    return this.#round;
  }

  /** Whom an answer to `round` satisfies: those that arrived before it was asked. */
  answered(round: number): T[] {
    const satisfied: T[] = [];
    while (this.#asked[0] !== undefined && this.#asked[0].round <= round) {
      satisfied.push(...(this.#asked.shift()?.askers ?? []));
    }
    return satisfied;
  }

  drain(): T[] {
    const all = [...this.#asked.flatMap(({ askers }) => [...askers]), ...this.#queued];
    this.#asked = [];
    this.#queued.clear();
    return all;
  }
}
