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

/** Calls by the entry that is an end: those from its start to the start of the next entry. */
export interface OpenWithEnds {
  readonly starts: Int32Array;
  readonly calls: Int32Array;
  /** Of one entry. */
  readonly most: number;
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
    const order = inOrder(intervals);
    const size = order.length + 1;
    this.#next = new Int32Array(size);
    this.#previous = new Int32Array(size);
    this.#callOf = new Int32Array(size);
    this.#isEnd = new Uint8Array(size);
    this.#beginOf = new Int32Array(intervals.length);
    this.#endOf = new Int32Array(intervals.length);
    for (let entry = 0; entry < size; entry += 1) {
      this.#next[entry] = (entry + 1) % size;
      this.#previous[entry] = (entry + size - 1) % size;
    }
    for (let at = 0; at < order.length; at += 1) {
      const event = order[at] ?? 0;
      const [call, isEnd] = [event >> 1, event & 1];
      this.#callOf[at + 1] = call;
      this.#isEnd[at + 1] = isEnd;
      (isEnd === 1 ? this.#endOf : this.#beginOf)[call] = at + 1;
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
  openWithEnds(): OpenWithEnds {
    const starts = new Int32Array(this.#callOf.length + 1);
    const calls: number[] = [];
    const open: number[] = [];
    let most = 0;
    for (let entry = 1; entry < this.#callOf.length; entry += 1) {
      const call = this.callAt(entry);
      starts[entry] = calls.length;
      if (!this.isEnd(entry)) open.push(call);
      else {
        open.splice(open.indexOf(call), 1);
        for (const other of open) calls.push(other);
        most = Math.max(most, open.length);
      }
      starts[entry + 1] = calls.length;
    }
    return { starts, calls: Int32Array.from(calls), most };
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

/** Beginnings and ends in the order of time: twice the position of the call, and one more for an end. */
function inOrder(intervals: readonly Interval[]): Int32Array {
  const at = new Float64Array(2 * intervals.length);
  const events = new Int32Array(2 * intervals.length);
  let count = 0;
  for (let call = 0; call < intervals.length; call += 1) {
    const { begin, end } = intervals[call] ?? { begin: 0, end: undefined };
    at[2 * call] = begin;
    events[count] = 2 * call;
    count += 1;
    if (end === undefined) continue;
    at[2 * call + 1] = end;
    events[count] = 2 * call + 1;
    count += 1;
  }
  // Of two at one moment a beginning is first.
  return events.subarray(0, count).sort((a, b) => {
    const [first, second] = [at[a] ?? 0, at[b] ?? 0];
    if (first !== second) return first < second ? -1 : 1;
    return (a & 1) - (b & 1) || a - b;
  });
}
