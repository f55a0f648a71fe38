/**
 * How often what goes wrong. Each run draws its own mixture, some of it zero: faults that are always all there hide what
 * only shows when one of them is missing.
 */
import type { Random } from './random.js';

export interface Rates {
  /** Per message. */
  readonly drop: number;
  readonly duplicate: number;
  /** Longest way of a message, in steps. */
  readonly delaySteps: number;
  /** Longest sync, in steps. */
  readonly syncSteps: number;
  /** Per step. */
  readonly crash: number;
  readonly partition: number;
  readonly heal: number;
  readonly pause: number;
  /** All nodes lose power at once, and two of them campaign in the same step afterwards. */
  readonly storm: number;
  /** A voter crashes right after its vote has left. */
  readonly crashAfterVote: number;
  /** A follower crashes right after it has acknowledged entries. */
  readonly crashAfterAnswer: number;
  /** Per leader and step. */
  readonly propose: number;
  readonly read: number;
  readonly transfer: number;
  readonly membership: number;
  /** Per step: a voter loses its disk. It comes back under another id once it is admitted. */
  readonly erase: number;
  /** Per replica and step; 1 = all that is due, at once. */
  readonly apply: number;
  /** Per batch that was applied. */
  readonly snapshot: number;
}

export function drawRates(random: Random): Rates {
  return {
    drop: random.pick([0, 0.02, 0.1]),
    duplicate: random.pick([0, 0.02, 0.1]),
    delaySteps: random.pick([2, 6, 15]),
    syncSteps: random.pick([0, 3, 10]),
    crash: random.pick([0, 0.004, 0.015]),
    partition: random.pick([0, 0.004, 0.02]),
    heal: random.pick([0.01, 0.05]),
    pause: random.pick([0, 0.01]),
    storm: random.pick([0, 0.003, 0.01]),
    crashAfterVote: random.pick([0, 0.3, 0.8]),
    crashAfterAnswer: random.pick([0, 0, 0.005, 0.02]),
    propose: random.pick([0.1, 0.5, 1]),
    read: random.pick([0, 0.1]),
    transfer: random.pick([0, 0.005, 0.02]),
    membership: random.pick([0, 0.006, 0.02]),
    apply: random.pick([0.3, 0.95, 1]),
    snapshot: random.pick([0, 0.02, 0.1]),
    erase: random.pick([0, 0.003, 0.01]),
  };
}

/** For the end of a run, when everything has to come together again. */
export const CALM: Rates = {
  drop: 0,
  duplicate: 0,
  delaySteps: 1,
  syncSteps: 1,
  crash: 0,
  partition: 0,
  heal: 1,
  pause: 0,
  storm: 0,
  crashAfterVote: 0,
  crashAfterAnswer: 0,
  propose: 0.2,
  read: 0.05,
  transfer: 0,
  membership: 0,
  erase: 0,
  apply: 1,
  snapshot: 0.02,
};
