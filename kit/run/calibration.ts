/**
 * Measures how fast this machine is at the moment, apart from any rule: how late its timers are and how long the cheapest
 * call takes. A time budget missed while these are slow says nothing of the implementation (design §6).
 */

import { EnvironmentError } from '../failure.js';
import type { OmClient } from '../wire/outcome.js';
import { echoRead } from '../wire/requests.js';
import { briefly } from './leader.js';

const CALLS = 20;
const TIMERS = 5;
const TIMER_MS = 5;

export interface Calibration {
  /** Round trip of an EchoRPC read, one at a time. */
  readonly callP50Ms: number;
  readonly callMaxMs: number;
  /** How much later than asked a timer of this process fired, at worst. */
  readonly timerLagMs: number;
}

/** @throws EnvironmentError NODE_UNREACHABLE when the node does not answer the probe */
export async function calibrate(client: OmClient, node: string): Promise<Calibration> {
  const times: number[] = [];
  for (let i = 0; i < CALLS; i += 1) {
    const outcome = await client.call(node, echoRead);
    if (outcome.kind !== 'answered' && outcome.kind !== 'refused') {
      throw new EnvironmentError(
        'NODE_UNREACHABLE',
        `${node} does not answer the calibration probe: ${briefly(outcome)}`,
      );
    }
    times.push(outcome.endedAtMs - outcome.sentAtMs);
  }
  times.sort((a, b) => a - b);
  let timerLagMs = 0;
  for (let i = 0; i < TIMERS; i += 1) {
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, TIMER_MS));
    timerLagMs = Math.max(timerLagMs, performance.now() - before - TIMER_MS);
  }
  return { callP50Ms: times[CALLS / 2] ?? 0, callMaxMs: times.at(-1) ?? 0, timerLagMs };
}
