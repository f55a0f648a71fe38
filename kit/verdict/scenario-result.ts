/** How a planned scenario ended, as `results.ts` reads it out of the messages. */
import type { TestStepResult } from '@cucumber/messages';
import type { Stage } from '../run/capability.js';
import type { FailureRecord, RecordedCall } from './failure-record.js';

export type ScenarioStatus = 'passed' | 'failed' | 'not-verified' | 'unknown' | 'broken';

/** How one planned scenario ended. */
export interface ScenarioResult {
  readonly uri: string;
  readonly line: number;
  readonly name: string;
  readonly rule: string | undefined;
  readonly stage: Stage | undefined;
  readonly status: ScenarioStatus;
  /** Who is to blame for `failed` and `broken`; undefined when it is nobody's fault, e.g. the run was stopped. */
  readonly blame: FailureRecord['blame'];
  /** Why it is not `passed`, in one line. */
  readonly why: string | undefined;
  readonly failure: FailureRecord | undefined;
  /** What it saw, where that is for the reader to judge (MAY); absent: nothing. */
  readonly seen?: readonly string[];
  /** Calls of a scenario that failed. */
  readonly transcript: readonly RecordedCall[];
  readonly steps: readonly StepResult[];
  readonly durationMs: number;
}

export interface StepResult {
  readonly keyword: FailureRecord['keyword'];
  readonly text: string;
  readonly status: TestStepResult['status'];
}
