/** The messages on their way: each takes its own time, so they overtake each other. */
import type { OutgoingMessage } from '../../consensus/raft-group.js';
import type { State } from './state.js';

export interface Envelope {
  readonly from: number;
  readonly group: number;
  readonly message: OutgoingMessage;
  /** Travels with the announcement of a snapshot. */
  readonly state: State | undefined;
}

export class SimulatedNetwork {
  readonly #due = new Map<number, Envelope[]>();

  post(envelope: Envelope, at: number): void {
    const others = this.#due.get(at);
    if (others === undefined) {
      this.#due.set(at, [envelope]);
    } else {
      others.push(envelope);
    }
  }

  take(now: number): readonly Envelope[] {
    const due = this.#due.get(now) ?? [];
    this.#due.delete(now);
    return due;
  }
}
