/**
 * When a node asks for an election before the election time-out (HA-8): nobody leads and it has just come to reach another node, as when a
 * cluster starts, or its connection to the leader has ended, as when that process ends. It says when; consensus asks for pre-votes,
 * which nobody grants who hears a leader or has more of the log, so that a wrong guess disturbs nobody. Voters ask one after the other:
 * those who asked have given the leader up, and two that ask at once would split the votes.
 */
import { nodeNumber } from './members.js';

/** In heartbeats: from one voter's turn to the next one's, longer than an election takes. */
const TURN = 2;
/** In heartbeats: a leader that there is has said so by then. */
const PATIENCE = 2;

export interface EarlyElectionOptions {
  /** Member id of this node. */
  readonly self: number;
  readonly heartbeatTicks: number;
  /** Later consensus asks by itself. */
  readonly electionTicks: number;
}

export interface ElectionView {
  /** Member id; 0: this node knows none. */
  readonly leader: number;
  readonly voters: readonly number[];
}

export class EarlyElection {
  readonly #options: EarlyElectionOptions;
  /** Since the connection that came or ended; undefined: there is no occasion. */
  #ticks: number | undefined;
  /** The leader whose connection ended; 0: one came. */
  #lost = 0;

  constructor(options: EarlyElectionOptions) {
    this.#options = options;
  }

  /** There is a connection to another node. */
  connected(): void {
    this.#begin(0);
  }

  /** The connection to the node of this number has ended; `leader`: the member that this node takes for the leader. */
  disconnected(node: number, leader: number): void {
    if (node === nodeNumber(leader)) this.#begin(leader);
  }

  /** A message of the node of this number has arrived. */
  heard(node: number): void {
    if (node === nodeNumber(this.#lost)) this.#ticks = undefined;
  }

  /** Once a tick: whether this node asks now. */
  tick({ leader, voters }: ElectionView): boolean {
    if (this.#ticks === undefined) return false;
    const { self, heartbeatTicks, electionTicks } = this.#options;
    const candidates = voters.filter((id) => id !== this.#lost).sort((a, b) => a - b);
    const place = candidates.indexOf(self);
    const led = leader !== 0 && leader !== this.#lost;
    if (led || place < 0 || this.#ticks >= electionTicks) {
      this.#ticks = undefined;
      return false;
    }
    const waited = this.#ticks - (this.#lost === 0 ? PATIENCE * heartbeatTicks : 0);
    this.#ticks += 1;
    const turnTicks = TURN * heartbeatTicks;
    return waited >= 0 && waited % (turnTicks * candidates.length) === turnTicks * place;
  }

  #begin(lost: number): void {
    this.#ticks = 0;
    this.#lost = lost;
  }
}
