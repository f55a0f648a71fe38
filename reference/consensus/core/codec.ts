/**
 * How values cross to the core and back: little endian, u32 counts, numbers of raft as float64. The layouts themselves are
 * in encode.ts and decode.ts; the Go side is reference/consensus/wasm/buffers.go.
 */
import type { CoreInstance } from './instance.js';

/** Collects an argument whose size is not known beforehand. Not for the hot path. */
export class Writer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  u32(value: number): this {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
    return this;
  }

  whole(value: number): this {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
    return this;
  }

  data(value: Uint8Array): this {
    this.u32(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) {
      return;
    }
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/**
 * Reads the result of the last call, in order. Numbers are read in place, so all reading is done before the next call;
 * data lies in one copy that is made at the start and may be kept.
 */
export class Reader {
  readonly #view: DataView;
  readonly #copy: Uint8Array;
  readonly #base: number;
  #at: number;

  constructor(instance: CoreInstance, length: number) {
    this.#base = instance.output();
    this.#at = this.#base;
    this.#view = instance.view;
    this.#copy = instance.bytes.slice(this.#base, this.#base + length);
  }

  u32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  whole(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  data(): Uint8Array {
    const length = this.u32();
    const from = this.#at - this.#base;
    this.#at += length;
    return this.#copy.subarray(from, from + length);
  }

  /** A counted list. */
  list<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let left = this.u32(); left > 0; left--) {
      items.push(item());
    }
    return items;
  }
}
