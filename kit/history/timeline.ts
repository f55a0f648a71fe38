/** A counter-example as the report draws it: for each call who made it, when, and its words. It draws nothing itself. */
import type { HistoryCall } from './call.js';
import { operationWords, outcomeWords } from './words.js';

export interface TimelineCall {
  readonly client: number;
  readonly node: string;
  readonly asked: string;
  readonly ended: string;
  readonly beganUs: number;
  /** Undefined where nobody knows it. */
  readonly endedUs?: number | undefined;
}

/** Calls that are drawn: a counter-example of more helps nobody. */
export const MAX_TIMELINE_CALLS = 40;

export function timelineOf(calls: readonly HistoryCall[]): TimelineCall[] {
  return calls.slice(0, MAX_TIMELINE_CALLS).map((call) => ({
    client: call.client,
    node: call.node,
    asked: operationWords(call.operation),
    ended: outcomeWords(call),
    beganUs: call.beganUs,
    ...(call.outcome.kind === 'unknown' ? {} : { endedUs: call.endedUs }),
  }));
}
