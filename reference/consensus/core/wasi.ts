/**
 * The operating system as the core sees it: a seeded random source, a clock that only counts, a standard error that keeps
 * its last bytes, and nothing else. No file, no socket, no time of day reaches consensus, so equal inputs give equal outputs.
 */
import './webassembly.js';

/** Thrown through the core when it wants to end its process. */
export class CoreExit extends Error {
  constructor(readonly exitCode: number) {
    super(`the core ended with exit code ${exitCode}`);
  }
}

const OK = 0;
const BAD_DESCRIPTOR = 8;
const CLOCK = 0;
/** How much the clock moves each time the core looks at it. */
const TICK_NS = 1000n;
/** How much of the standard error is kept: a Go crash report begins with the reason, so both ends matter. */
const KEEP_BYTES = 16 * 1024;

// Sizes and offsets of WASI preview 1 records.
const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;

type Call = (...values: number[]) => number;

export class Wasi {
  #memory: WebAssembly.Memory | undefined;
  #random: number;
  #nowNs = 1_000_000_000n;
  #head = '';
  #tail = '';

  /** @param seed seeds what the Go runtime draws for its maps; it does not reach raft's decisions. */
  constructor(seed: number) {
    this.#random = seed >>> 0;
  }

  /** What an instance of the module imports. Calls that the core has no use for answer "bad descriptor". */
  imports(module: WebAssembly.Module): Record<string, Record<string, Call>> {
    const calls = this.#calls();
    const imports: Record<string, Record<string, Call>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = calls[name] ?? (() => BAD_DESCRIPTOR);
    }
    return imports;
  }

  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory;
  }

  /** The first and the last bytes that the core wrote. */
  output(): string {
    return this.#tail.length > KEEP_BYTES
      ? `${this.#head}\n[…]\n${this.#tail.slice(-KEEP_BYTES)}`
      : this.#head + this.#tail;
  }

  #view(): DataView {
    if (this.#memory === undefined) {
      throw new Error('the core called before its memory was attached');
    }
    return new DataView(this.#memory.buffer);
  }

  #calls(): Record<string, Call> {
    return {
      random_get: (at, length) => this.#fillRandom(at as number, length as number),
      clock_time_get: (_clock, _precision, at) => {
        this.#nowNs += TICK_NS;
        this.#view().setBigUint64(at as number, this.#nowNs, true);
        return OK;
      },
      poll_oneoff: (from, to, count, counted) =>
        this.#poll(from as number, to as number, count as number, counted as number),
      sched_yield: () => OK,
      proc_exit: (code) => {
        throw new CoreExit(code as number);
      },
      fd_write: (_descriptor, vectors, count, written) =>
        this.#write(vectors as number, count as number, written as number),
      environ_sizes_get: (count, bytes) => this.#nothing(count as number, bytes as number),
      environ_get: () => OK,
      args_sizes_get: (count, bytes) => this.#nothing(count as number, bytes as number),
      args_get: () => OK,
    };
  }

  #nothing(count: number, bytes: number): number {
    const view = this.#view();
    view.setUint32(count, 0, true);
    view.setUint32(bytes, 0, true);
    return OK;
  }

  #fillRandom(at: number, length: number): number {
    const view = this.#view();
    for (let i = 0; i < length; i++) {
      this.#random = (this.#random + 0x9e3779b9) >>> 0;
      let z = this.#random;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      view.setUint8(at + i, (z ^ (z >>> 15)) >>> 24);
    }
    return OK;
  }

  /** The Go scheduler only ever waits for its clock; all that it waits for has come. */
  #poll(from: number, to: number, count: number, counted: number): number {
    const view = this.#view();
    for (let i = 0; i < count; i++) {
      const subscription = from + SUBSCRIPTION_BYTES * i;
      const event = to + EVENT_BYTES * i;
      const kind = view.getUint8(subscription + 8);
      view.setBigUint64(event, view.getBigUint64(subscription, true), true);
      view.setUint16(event + 8, OK, true);
      view.setUint8(event + 10, kind);
      if (kind === CLOCK) {
        this.#nowNs += view.getBigUint64(subscription + 24, true);
      }
    }
    view.setUint32(counted, count, true);
    return OK;
  }

  #write(vectors: number, count: number, written: number): number {
    const view = this.#view();
    let length = 0;
    for (let i = 0; i < count; i++) {
      const at = view.getUint32(vectors + 8 * i, true);
      const bytes = view.getUint32(vectors + 8 * i + 4, true);
      this.#keep(new TextDecoder().decode(new Uint8Array(view.buffer, at, bytes)));
      length += bytes;
    }
    view.setUint32(written, length, true);
    return OK;
  }

  #keep(text: string): void {
    if (this.#head.length < KEEP_BYTES) {
      this.#head += text;
      return;
    }
    this.#tail += text;
    if (this.#tail.length > 4 * KEEP_BYTES) {
      this.#tail = this.#tail.slice(-2 * KEEP_BYTES);
    }
  }
}
