/**
 * The beginnings and ends of calls in the order of time, in a doubly linked list from which a call is lifted once it has its place in the
 * order that is looked for, and put back when that place was wrong (Wing and Gong; Lowe). Of two at one moment the beginning is first:
 * such calls overlap.
 */

/** When a call was open. `end` is undefined for one that may still happen. */
export interface Interval {
  readonly begin: number;
  readonly end: number | undefined;
}

/** Stands before the first entry and behind the last. */
export const EDGE = 0;

export class Entries {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #callOf: Int32Array;
  readonly #isEnd: Uint8Array;
  readonly #beginOf: Int32Array;
  readonly #endOf: Int32Array;

  constructor(intervals: readonly Interval[]) {
    const events = intervals.flatMap(({ begin, end }, call) => [
      { at: begin, call, isEnd: false },
      ...(end === undefined ? [] : [{ at: end, call, isEnd: true }]),
    ]);
    events.sort((a, b) => a.at - b.at || Number(a.isEnd) - Number(b.isEnd) || a.call - b.call);
    const size = events.length + 1;
    this.#next = Int32Array.from({ length: size }, (_, at) => (at + 1) % size);
    this.#previous = Int32Array.from({ length: size }, (_, at) => (at + size - 1) % size);
    this.#callOf = new Int32Array(size);
    this.#isEnd = new Uint8Array(size);
    this.#beginOf = new Int32Array(intervals.length);
    this.#endOf = new Int32Array(intervals.length);
    for (const [index, { call, isEnd }] of events.entries()) {
      const entry = index + 1;
      this.#callOf[entry] = call;
      this.#isEnd[entry] = isEnd ? 1 : 0;
      (isEnd ? this.#endOf : this.#beginOf)[call] = entry;
    }
  }

  /** The entry behind this one that is still in the list, or EDGE. */
  after(entry: number): number {
    return this.#next[entry] ?? EDGE;
  }

  callAt(entry: number): number {
    return this.#callOf[entry] ?? 0;
  }

  isEnd(entry: number): boolean {
    return this.#isEnd[entry] === 1;
  }

  /** The entry with which the call ends, or EDGE. */
  endOf(call: number): number {
    return this.#endOf[call] ?? EDGE;
  }

  lift(call: number): void {
    this.#take(this.#beginOf[call] ?? EDGE);
    this.#take(this.endOf(call));
  }

  /** Puts back the call that was lifted last of those that are still lifted. */
  putBack(call: number): void {
    this.#restore(this.endOf(call));
    this.#restore(this.#beginOf[call] ?? EDGE);
  }

  /** For each end of a call, the calls that may be lifted while it is the first end in the list: those open with it. */
  openWithEnds(): ReadonlyMap<number, Int32Array> {
    const open = new Set<number>();
    const result = new Map<number, Int32Array>();
    for (let entry = 1; entry < this.#callOf.length; entry += 1) {
      const call = this.callAt(entry);
      if (!this.isEnd(entry)) open.add(call);
      else {
        open.delete(call);
        result.set(entry, Int32Array.from(open));
      }
    }
    return result;
  }

  #take(entry: number): void {
    if (entry === EDGE) return;
    const [next, previous] = [this.#next[entry] ?? EDGE, this.#previous[entry] ?? EDGE];
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #restore(entry: number): void {
    if (entry === EDGE) return;
    this.#next[this.#previous[entry] ?? EDGE] = entry;
    this.#previous[this.#next[entry] ?? EDGE] = entry;
  }
}
