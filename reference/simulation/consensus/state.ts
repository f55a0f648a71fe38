/**
 * The state machine of one replica: a digest over what was applied. Like a state database without sync it survives the
 * death of its process and falls back to its last sync when power is lost.
 */
import { createHash } from 'node:crypto';
import type { LogEntry, Membership } from '../../consensus/raft-group.js';

export interface State {
  readonly applied: number;
  readonly term: number;
  readonly digest: string;
  readonly membership: Membership;
}

export class SimulatedState {
  #live: State;
  #synced: State;

  constructor(founding: State) {
    this.#live = founding;
    this.#synced = founding;
  }

  get live(): State {
    return this.#live;
  }

  /** The log is never cut above this. */
  get synced(): State {
    return this.#synced;
  }

  apply(entry: LogEntry, membership: Membership): State {
    this.#live = {
      applied: entry.index,
      term: entry.term,
      digest: digestOf(this.#live.digest, entry),
      membership,
    };
    return this.#live;
  }

  install(state: State): void {
    this.#live = state;
    this.#synced = state;
  }

  sync(): void {
    this.#synced = this.#live;
  }

  losePower(): void {
    this.#live = this.#synced;
  }
}

/** What an entry is, in a few characters. */
export function fingerprint(entry: LogEntry): string {
  return createHash('sha1').update(`${entry.type}/`).update(entry.data).digest('base64').slice(0, 12);
}

function digestOf(before: string, entry: LogEntry): string {
  return createHash('sha1')
    .update(`${before}/${entry.index}/${entry.term}/${fingerprint(entry)}`)
    .digest('base64')
    .slice(0, 16);
}
