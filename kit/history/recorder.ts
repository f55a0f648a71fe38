/** Keeps the calls of a history while they are made: who made them, when, and what came of them. It sends nothing. */
import type { Outcome } from '../wire/outcome.js';
import type { HistoryCall, HistoryOperation, HistoryOutcome } from './call.js';
import { historyOutcome } from './outcome.js';

/** One client of a recording: it makes one call at a time. */
export interface RecordedClient {
  /**
   * Takes in a call that has ended.
   *
   * @param beganAtMs where its caller began it before it was sent: it did something else for it first
   */
  took(operation: HistoryOperation, outcome: Outcome, beganAtMs?: number): HistoryOutcome;
}

export class Recorder {
  readonly #calls: HistoryCall[] = [];
  readonly #beganAtMs: number;
  #processes = 0;
  #answered = 0;

  /** @param nowMs the clock that outcomes are timed with */
  constructor(nowMs: number) {
    this.#beganAtMs = nowMs;
  }

  /** Calls that ended with an answer. */
  get answered(): number {
    return this.#answered;
  }

  client(client: number): RecordedClient {
    let process = this.#nextProcess();
    return {
      took: (operation, outcome, beganAtMs = outcome.sentAtMs) => {
        const known = historyOutcome(operation, outcome);
        this.#calls.push({
          process,
          client,
          node: outcome.node,
          operation,
          beganUs: this.#us(beganAtMs),
          endedUs: this.#us(outcome.endedAtMs),
          outcome: known,
          call: outcome.callNumber,
        });
        if (known.kind === 'answered') this.#answered += 1;
        // The call stays open: whoever goes on is another process.
        if (known.kind === 'unknown') process = this.#nextProcess();
        return known;
      },
    };
  }

  /** All calls, in the order in which they began. */
  calls(): readonly HistoryCall[] {
    return [...this.#calls].sort((a, b) => a.beganUs - b.beganUs);
  }

  #nextProcess(): number {
    this.#processes += 1;
    return this.#processes;
  }

  /**
   * Both ends are rounded down: what is then told apart was apart, and what falls together counts as overlapping.
   */
  #us(ms: number): number {
    return Math.max(0, Math.floor((ms - this.#beganAtMs) * 1_000));
  }
}
