/** Observable: nodes come up with what a loss of power has left of their files (HA-19). */
import { ConformanceFailure } from '../failure.js';
import type { StartAnswer } from '../scenario/node-faults.js';
import { show } from './found.js';

export interface Start {
  readonly node: string;
  readonly answer: StartAnswer;
}

/** Assertion `starts-after-power-loss`: each of these nodes started. */
export function assertStarted(starts: readonly Start[]): void {
  if (starts.length === 0) throw new Error('no start to judge');
  for (const { node, answer } of starts) {
    if (answer.kind === 'refused')
      throw new ConformanceFailure(
        'starts-after-power-loss',
        `${node} starts`,
        `its last words: ${show(answer.words)}`,
      );
  }
}
