/**
 * A set of tuples of whole numbers that gives each a number of its own. The tuples lie one behind the other in one array, so that a
 * million of them cost megabytes, not objects.
 */

const FIRST_CAPACITY = 16;

export class Tuples {
  readonly #width: number;
  #rows: Int32Array;
  /** Row + 1 by hash; 0: free. Twice as many as rows at least. */
  #slots: Int32Array;
  #size = 0;

  constructor(width: number) {
    this.#width = width;
    this.#rows = new Int32Array(FIRST_CAPACITY * width);
    this.#slots = new Int32Array(4 * FIRST_CAPACITY);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a tuple, from 0 in the order in which they came; a new one is `size` before the call. */
  add(tuple: Int32Array): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(tuple, 0) & mask;
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0) break;
      if (this.#equals(row, tuple)) return row;
      slot = (slot + 1) & mask;
    }
    const row = this.#size;
    if ((row + 1) * this.#width > this.#rows.length) this.#grow();
    this.#rows.set(tuple, row * this.#width);
    this.#size += 1;
    if (2 * this.#size > this.#slots.length) this.#rehash();
    else this.#slots[slot] = row + 1;
    return row;
  }

  /** Copies a tuple into `target`. */
  read(row: number, target: Int32Array): void {
    const from = row * this.#width;
    for (let at = 0; at < this.#width; at += 1) target[at] = this.#rows[from + at] ?? 0;
  }

  #equals(row: number, tuple: Int32Array): boolean {
    const from = row * this.#width;
    for (let at = 0; at < this.#width; at += 1) if (this.#rows[from + at] !== tuple[at]) return false;
    return true;
  }

  #hash(values: Int32Array, from: number): number {
    let hash = 0x9e3779b9;
    for (let at = 0; at < this.#width; at += 1) {
      hash = Math.imul(hash ^ (values[from + at] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  #grow(): void {
    const rows = new Int32Array(2 * this.#rows.length);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let row = 0; row < this.#size; row += 1) {
      let slot = this.#hash(this.#rows, row * this.#width) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row + 1;
    }
  }
}
