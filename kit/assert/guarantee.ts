/** Observables: what the reads of a history may be behind, where they may be behind at all (FR-GUAR-5). */
import { ConformanceFailure, UndecidedError } from '../failure.js';
import type { Guarantee, History } from '../history/call.js';
import { checkGuarantee, guaranteeWords } from '../history/checker/guarantee.js';
import { historyText } from '../history/file.js';
import { timelineOf } from '../history/timeline.js';
import { callWords } from '../history/words.js';

/** Calls in the failure's text; the timeline and the saved history have more. */
const MAX_LINES = 6;

/**
 * Assertion `sequential-per-client`: one order of the writes explains what every client saw, and no client went back in it behind what it
 * wrote or saw before.
 */
export function assertSequential(history: History, maxSteps?: number): void {
  assertKept(history, 'sequential-per-client', { kind: 'sequential per client' }, maxSteps);
}

/** Assertion `bounded-staleness`: no read shows anything older than what held so long before it began. */
export function assertBounded(history: History, maxMs: number, maxSteps?: number): void {
  assertKept(history, 'bounded-staleness', { kind: 'bounded staleness', maxMs }, maxSteps);
}

function assertKept(history: History, assertion: string, guarantee: Guarantee, maxSteps: number | undefined): void {
  const verdict = checkGuarantee(history, guarantee, maxSteps);
  const text = historyText({ ...history, header: { ...history.header, guarantee } });
  switch (verdict.kind) {
    case 'kept':
      return;
    case 'unknown':
      throw new UndecidedError(`whether ${guaranteeWords(guarantee)} cannot be told: ${verdict.why}`, {
        text,
        calls: [],
      });
    case 'broken': {
      const { calls, others } = verdict.counterExample;
      const more = calls.length > MAX_LINES ? [`and ${calls.length - MAX_LINES} more calls`] : [];
      throw new ConformanceFailure(
        assertion,
        `an order of the writes by which ${guaranteeWords(guarantee)} in these ${calls.length} calls, whatever ${others} others did`,
        `none: ${[...calls.slice(0, MAX_LINES).map(callWords), ...more].join('; ')}`,
        calls.flatMap(({ call }) => call ?? []),
        { text, calls: timelineOf(calls) },
      );
    }
  }
}
