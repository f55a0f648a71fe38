/**
 * Reads that wait for an applied index: one heap per group, ordered by index (design §4.10). Apply takes out what it
 * satisfies; a cancelled or expired read is removed in logarithmic time. Decides neither deadlines nor answers, and the bound is
 * its owner's: reads wait for a confirmation too.
 */
export class WaitingReads<T> {
  readonly #heap: { readonly index: number; readonly order: number; readonly read: T }[] = [];
  readonly #positions = new Map<T, number>();
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(index: number, read: T): void {
    this.#heap.push({ index, order: this.#added++, read });
    this.#positions.set(read, this.#heap.length - 1);
    this.#up(this.#heap.length - 1);
  }

  /** The index that `read` waits for, or undefined. */
  indexOf(read: T): number | undefined {
    const position = this.#positions.get(read);
    return position === undefined ? undefined : this.#heap[position]?.index;
  }

  remove(read: T): boolean {
    const position = this.#positions.get(read);
    if (position === undefined) return false;
    this.#removeAt(position);
    return true;
  }

  /**
   * Takes out the reads whose index `satisfied` accepts, lowest index first, equal ones in the order they came. What it
   * refuses for one index it must refuse for higher ones.
   */
  release(satisfied: (index: number) => boolean): T[] {
    const released: T[] = [];
    for (let first = this.#heap[0]; first !== undefined && satisfied(first.index); first = this.#heap[0]) {
      released.push(first.read);
      this.#removeAt(0);
    }
    return released;
  }

  drain(): T[] {
    return this.release(() => true);
  }

  #removeAt(position: number): void {
    const removed = this.#heap[position];
    const last = this.#heap.pop();
    if (removed === undefined || last === undefined) return;
    this.#positions.delete(removed.read);
    if (removed === last) return;
    this.#put(position, last);
    this.#down(position);
    this.#up(position);
  }

  #before(a: number, b: number): boolean {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (left === undefined || right === undefined) return false;
    return left.index < right.index || (left.index === right.index && left.order < right.order);
  }

  #up(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (this.#before(left, least)) least = left;
      if (this.#before(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (left === undefined || right === undefined) return;
    this.#put(a, right);
    this.#put(b, left);
  }

  #put(position: number, entry: { readonly index: number; readonly order: number; readonly read: T }): void {
    this.#heap[position] = entry;
    this.#positions.set(entry.read, position);
  }
}
