/**
 * Looks for an order of calls in which each can have ended as it did: Wing and Gong's search with Lowe's cache of what was tried, and his
 * just-in-time rule: a call gets its place when it has to, because one that overlaps it or is itself about to end. Calls without effect
 * get it as soon as they fit, because no other order could need them later. It knows nothing of the namespace.
 */
import type { Step } from '../models/answer.js';
import { EDGE, Entries, type Interval, type OpenWithEnds } from './entries.js';
import { Tuples } from './tuples.js';

export interface SearchedCall extends Interval {
  readonly step: Step;
  /** It leaves every state as it was. */
  readonly withoutEffect: boolean;
  /**
   * It may happen any number of times, or never, before whatever begins after this: a call that is not to count in a counter-example.
   * It has no end of its own.
   */
  readonly anyTimesUntil?: number | undefined;
  /** Calls that have to come before it, by position: its own client's. */
  readonly behind?: readonly number[] | undefined;
}

export type Found = 'an order' | 'none';

const BITS = 32;

/** A place in the search: the calls that may come next, with the states behind them, and what was lifted before. */
interface Frame {
  readonly calls: readonly number[];
  readonly states: readonly number[];
  readonly lifted: number;
  at: number;
}

export class Search {
  readonly #calls: readonly SearchedCall[];
  readonly #entries: Entries;
  readonly #openWith: OpenWithEnds;
  readonly #constrained: boolean;
  /** Of calls that may happen any number of times. */
  readonly #untils: readonly number[];
  readonly #states: Tuples;
  readonly #tried: Tuples;
  /** Scratch: a state, and a configuration (end that is due, state, calls that have their place). */
  readonly #state: Int32Array;
  readonly #configuration: Int32Array;
  readonly #isLifted: Uint8Array;
  readonly #lifted: number[] = [];
  /** For each call that is lifted, the latest beginning of it and those lifted before. */
  readonly #latestBegin: number[] = [];
  readonly #frames: Frame[] = [];
  readonly #initial: Int32Array;
  #begun = false;
  #steps = 0;
  #deepest = EDGE;
  #found: Found | undefined;

  constructor(calls: readonly SearchedCall[], initial: Int32Array) {
    this.#calls = calls;
    this.#entries = new Entries(calls);
    this.#openWith = this.#entries.openWithEnds();
    this.#constrained = calls.some(({ behind }) => behind !== undefined && behind.length > 0);
    this.#state = new Int32Array(initial.length);
    this.#untils = calls.flatMap(({ anyTimesUntil }) => anyTimesUntil ?? []);
    this.#states = new Tuples(initial.length);
    this.#configuration = new Int32Array(2 + Math.ceil(this.#openWith.most / BITS));
    this.#tried = new Tuples(this.#configuration.length);
    this.#isLifted = new Uint8Array(calls.length);
    this.#initial = initial;
  }

  /** Calls that were tried in a state, so far. */
  get steps(): number {
    return this.#steps;
  }

  /** The call whose end no order that was tried got past; meaningful when there is none. */
  get deepest(): number {
    return this.#entries.callAt(this.#deepest);
  }

  /** Goes on for so many steps; undefined: it is not decided yet. */
  run(steps: number): Found | undefined {
    const limit = this.#steps + steps;
    if (!this.#begun && steps > 0) {
      this.#begun = true;
      this.#explore(this.#states.add(this.#initial));
    }
    while (this.#begun && this.#found === undefined && this.#steps < limit) {
      const frame = this.#frames.at(-1);
      if (frame === undefined) {
        this.#found = 'none';
        break;
      }
      this.#unwind(frame.lifted);
      const [call, state] = [frame.calls[frame.at], frame.states[frame.at]];
      frame.at += 1;
      if (call === undefined || state === undefined) this.#frames.pop();
      else {
        if (this.#calls[call]?.anyTimesUntil === undefined) this.#lift(call);
        this.#explore(state);
      }
    }
    return this.#found;
  }

  /** Gives calls without effect their place, and opens a frame with the calls that may come next. */
  #explore(state: number): void {
    const calls: number[] = [];
    const states: number[] = [];
    let due = EDGE;
    for (let again = true; again; ) {
      again = false;
      calls.length = 0;
      states.length = 0;
      due = EDGE;
      let before = EDGE;
      for (let entry = this.#entries.after(EDGE); entry !== EDGE; entry = this.#entries.after(before)) {
        if (this.#entries.isEnd(entry)) {
          due = entry;
          break;
        }
        const call = this.#entries.callAt(entry);
        const next = this.#mayCome(call) ? this.#after(state, call) : undefined;
        const completed = this.#entries.endOf(call) !== EDGE;
        const free = this.#calls[call]?.withoutEffect === true && !this.#endsOthers(call);
        if (next !== undefined && completed && free) {
          this.#lift(call);
          // A call that had to come behind it may stand before it in the list.
          again = this.#constrained;
          continue;
        }
        before = entry;
        if (next === undefined || free) continue;
        // One that nobody was told of need not happen where it changes nothing.
        if (completed || next !== state) {
          calls.push(call);
          states.push(next);
        }
      }
    }
    if (due === EDGE) {
      this.#found = 'an order';
      return;
    }
    this.#deepest = Math.max(this.#deepest, due);
    if (!this.#isNew(due, state)) return;
    this.#dueFirst(this.#entries.callAt(due), calls, states);
    this.#frames.push({ calls, states, lifted: this.#lifted.length, at: 0 });
  }

  #mayCome(call: number): boolean {
    const asked = this.#calls[call];
    if (asked?.anyTimesUntil !== undefined) {
      return (this.#latestBegin.at(-1) ?? asked.anyTimesUntil) <= asked.anyTimesUntil;
    }
    return asked?.behind === undefined || asked.behind.every((before) => this.#isLifted[before] === 1);
  }

  /** Whether a call that may happen any number of times could not happen any more behind this one: then its place is no free choice. */
  #endsOthers(call: number): boolean {
    if (this.#untils.length === 0) return false;
    const begin = this.#calls[call]?.begin ?? 0;
    const latest = this.#latestBegin.at(-1) ?? Number.NEGATIVE_INFINITY;
    return this.#untils.some((until) => until >= latest && until < begin);
  }

  /** The state behind a call in this one; undefined where it cannot have ended so. */
  #after(state: number, call: number): number | undefined {
    this.#steps += 1;
    this.#states.read(state, this.#state);
    return this.#calls[call]?.step(this.#state) === true ? this.#states.add(this.#state) : undefined;
  }

  /** Whether this was not tried before: the same end due, the same calls in their place, the same state. */
  #isNew(due: number, state: number): boolean {
    const configuration = this.#configuration;
    configuration.fill(0);
    configuration[0] = due;
    configuration[1] = state;
    const { starts, calls } = this.#openWith;
    const [from, to] = [starts[due] ?? 0, starts[due + 1] ?? 0];
    for (let bit = 0; from + bit < to; bit += 1) {
      const at = 2 + Math.floor(bit / BITS);
      if (this.#isLifted[calls[from + bit] ?? 0] === 1)
        configuration[at] = (configuration[at] ?? 0) | (1 << (bit % BITS));
    }
    const known = this.#tried.size;
    return this.#tried.add(configuration) === known;
  }

  /** Mostly calls come in the order in which they end. */
  #dueFirst(due: number, calls: number[], states: number[]): void {
    const at = calls.indexOf(due);
    if (at <= 0) return;
    for (const list of [calls, states]) list.unshift(...list.splice(at, 1));
  }

  #lift(call: number): void {
    this.#entries.lift(call);
    this.#isLifted[call] = 1;
    this.#lifted.push(call);
    const begin = this.#calls[call]?.begin ?? 0;
    this.#latestBegin.push(Math.max(begin, this.#latestBegin.at(-1) ?? begin));
  }

  #unwind(to: number): void {
    while (this.#lifted.length > to) {
      const call = this.#lifted.pop() ?? 0;
      this.#latestBegin.pop();
      this.#entries.putBack(call);
      this.#isLifted[call] = 0;
    }
  }
}
