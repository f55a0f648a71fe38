/**
 * What a scenario's bad end looks like in the messages of a run: one attachment that says who is to blame and why, so that
 * the verdict can be computed again from the file alone. It classifies what a step threw and judges no rule.
 */
import { z } from 'zod';
import {
  type Blame,
  ConformanceFailure,
  EnvironmentError,
  HarnessError,
  type JudgedHistory,
  UndecidedError,
} from '../failure.js';
import { MAX_TIMELINE_CALLS } from '../history/timeline.js';

export const FAILURE_MEDIA_TYPE = 'application/vnd.om-conformance.failure+json';
export const TRANSCRIPT_MEDIA_TYPE = 'application/vnd.om-conformance.transcript+json';

const MAX_TEXT = 4_096;
const MAX_CALLS = 64;
const text = z.string().max(MAX_TEXT + 1);

export const failureSchema = z.object({
  status: z.enum(['failed', 'unknown']),
  /** Absent when nobody is: the status is `unknown`. */
  blame: z.enum(['implementation', 'harness', 'environment']).optional(),
  /** Kind of step that ended badly; `Hook` is the kit's own preparation and clean-up. */
  keyword: z.enum(['Given', 'When', 'Then', 'Hook']),
  step: text,
  message: text,
  /** Id of the assertion in `kit/assert`, with what it expected and found. */
  assertion: text.optional(),
  expected: text.optional(),
  found: text.optional(),
  /** Transcript numbers of the decisive calls. */
  calls: z.array(z.number().int()).max(MAX_CALLS),
  /** Code in the registry of errors. */
  code: text.optional(),
  /** A history that was judged: the file that it was saved in, and its counter-example. */
  history: z
    .object({
      /** As `om-conformance judge` takes it, from where the run was started; absent where it was not saved. */
      path: text.optional(),
      calls: z
        .array(
          z.object({
            client: z.number().int(),
            node: text,
            asked: text,
            ended: text,
            beganUs: z.number(),
            /** Absent where nobody knows it. */
            endedUs: z.number().optional(),
          }),
        )
        .max(MAX_TIMELINE_CALLS),
    })
    .optional(),
});
export type FailureRecord = z.infer<typeof failureSchema>;

const entrySchema = z.object({
  number: z.number().int(),
  node: text,
  command: text,
  request: z.string(),
  metadata: z.record(z.string(), z.string()),
  answer: z.string(),
  trailers: z.record(z.string(), z.string()),
  sentAtMs: z.number(),
  endedAtMs: z.number().optional(),
});
export const transcriptSchema = z.array(entrySchema);
export type RecordedCall = z.infer<typeof entrySchema>;

/** What a scenario saw that is neither right nor wrong: of a MAY rule (harness-contracts.md §4), or what a rule with a time measured. */
export const SEEN_MEDIA_TYPE = 'application/vnd.om-conformance.seen+json';
export const seenSchema = z.object({ seen: text });
export type SeenRecord = z.infer<typeof seenSchema>;

/** Where in a scenario something was thrown. */
export interface Place {
  readonly keyword: FailureRecord['keyword'];
  readonly step: string;
}

/** Classifies a thrown value: see `kit/failure.ts`. Anything that is none of its classes is the kit's own fault. */
export function describeFailure(thrown: unknown, place: Place): FailureRecord {
  const at = { keyword: place.keyword, step: cut(place.step), message: cut(messageOf(thrown)), calls: [] };
  if (thrown instanceof ConformanceFailure) {
    return {
      ...at,
      status: 'failed',
      blame: thrown.blame,
      assertion: cut(thrown.assertion),
      expected: cut(thrown.expected),
      found: cut(thrown.found),
      calls: thrown.calls.slice(-MAX_CALLS),
      ...drawn(thrown.history),
    };
  }
  if (thrown instanceof EnvironmentError || thrown instanceof HarnessError) {
    return { ...at, status: 'failed', blame: thrown.blame, code: cut(thrown.code) };
  }
  if (thrown instanceof UndecidedError) return { ...at, status: 'unknown', ...drawn(thrown.history) };
  return { ...at, status: 'failed', blame: 'harness' };
}

/** The history itself is a file of the report. */
function drawn(history: JudgedHistory | undefined): Pick<FailureRecord, 'history'> {
  if (history === undefined) return {};
  const calls = history.calls.map((call) => ({
    ...call,
    node: cut(call.node),
    asked: cut(call.asked),
    ended: cut(call.ended),
  }));
  return { history: { calls } };
}

/** The same from what cucumber itself recorded, for a hook of somebody else's that threw: type name and message. */
export function describeException(type: string | undefined, message: string, place: Place): FailureRecord {
  const at = { keyword: place.keyword, step: cut(place.step), message: cut(message), calls: [] };
  if (type === 'UndecidedError') return { ...at, status: 'unknown' };
  return { ...at, status: 'failed', blame: blameOfType(type) };
}

function blameOfType(type: string | undefined): Blame {
  if (type === 'ConformanceFailure') return 'implementation';
  return type === 'EnvironmentError' ? 'environment' : 'harness';
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function cut(value: string): string {
  return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}
