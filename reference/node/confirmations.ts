/**
 * What of a group waits for a quorum to confirm its leader: linearizable reads, and Msync, in the same ReadIndex rounds (design
 * §4.11, FR-MSYNC-3). A round adds no log entry. What a confirmed index is good for is the asker's business.
 */
import type { GroupView } from './group-view.js';
import { ReadRounds } from './read-rounds.js';

/** Why no confirmation will come. */
export type Unconfirmed = 'deposed' | 'leader-lost' | 'not-serving';

export interface Asker {
  /** A state at `index` shows everything that was committed when the question came; `leader` led then. */
  confirmed(index: number, leader: string | undefined): void;
  unconfirmed(why: Unconfirmed): void;
}

export class Confirmations {
  readonly #view: GroupView;
  readonly #rounds: ReadRounds<Asker>;

  constructor(view: GroupView) {
    const { configuration } = view;
    this.#view = view;
    // Lost messages are asked again after two heartbeats: by then an answer would have come.
    this.#rounds = new ReadRounds(2 * configuration.heartbeatTicks * configuration.tickMs);
  }

  ask(asker: Asker): void {
    this.#rounds.add(asker);
    this.#view.wake();
  }

  withdraw(asker: Asker): void {
    this.#rounds.remove(asker);
  }

  /** The number of the ReadIndex round to ask for now, or undefined. */
  nextRound(): number | undefined {
    return this.#rounds.next(this.#view.clock.monotonicMs());
  }

  /** A leader confirmed that a state at `index` answers everything asked in `round`. */
  confirmed(round: number, index: number): void {
    const leader = this.#view.leader()?.node;
    for (const asker of this.#rounds.answered(round)) asker.confirmed(index, leader);
  }

  /** Tells everybody who waits that it was in vain. */
  fail(why: Unconfirmed): void {
    for (const asker of this.#rounds.drain()) asker.unconfirmed(why);
  }
}
