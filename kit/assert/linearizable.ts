/** Observable: one order of the calls of a history explains every answer (HA-10, RC-7). */
import { ConformanceFailure, UndecidedError } from '../failure.js';
import type { History } from '../history/call.js';
import { checkLinearizable } from '../history/checker/check.js';
import { historyText } from '../history/file.js';
import { timelineOf } from '../history/timeline.js';
import { callWords } from '../history/words.js';

/** Calls in the failure's text; the timeline and the saved history have more. */
const MAX_LINES = 6;

/**
 * Assertion `linearizable`: there is an order of the calls that keeps the order of real time and in which each ended as it did. An
 * undecided history is neither right nor wrong.
 */
export function assertLinearizable(history: History, maxSteps?: number): void {
  const verdict = checkLinearizable(history, maxSteps === undefined ? {} : { maxSteps });
  const text = historyText(history);
  switch (verdict.kind) {
    case 'linearizable':
      return;
    case 'unknown':
      throw new UndecidedError(`whether the history is linearizable cannot be told: ${verdict.why}`, {
        text,
        calls: [],
      });
    case 'not linearizable': {
      const { calls, others } = verdict.counterExample;
      const more = calls.length > MAX_LINES ? [`and ${calls.length - MAX_LINES} more calls`] : [];
      throw new ConformanceFailure(
        'linearizable',
        `an order of these ${calls.length} calls in which each ends as it did, whatever ${others} others did`,
        `none: ${[...calls.slice(0, MAX_LINES).map(callWords), ...more].join('; ')}`,
        calls.flatMap(({ call }) => call ?? []),
        { text, calls: timelineOf(calls) },
      );
    }
  }
}
