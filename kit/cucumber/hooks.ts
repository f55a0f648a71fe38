/**
 * Support code of every run: puts each scenario in its stage, and attaches to a failed step who is to blame and the calls
 * that were made. Cucumber awaits hooks, unlike message handlers, so what must be finished before a scenario happens here.
 * Nothing is attached to a scenario that passes.
 */
import { After, AfterStep, Before, setDefaultTimeout, type World } from '@cucumber/cucumber';
import { ConformanceFailure, UndecidedError } from '../failure.js';
import {
  describeException,
  describeFailure,
  FAILURE_MEDIA_TYPE,
  type FailureRecord,
  TRANSCRIPT_MEDIA_TYPE,
} from '../verdict/failure-record.js';
import { keywordOf } from '../verdict/results.js';
import { requireSession } from './active.js';
import { boundTranscript } from './bound-transcript.js';

/** Longer than any step may wait by its budgets: a step that runs into it is a fault of the kit. */
const STEP_TIMEOUT_MS = 600_000;

setDefaultTimeout(STEP_TIMEOUT_MS);

// Entering a stage restarts a cluster; the target's own budgets bound that.
Before({ timeout: -1 }, async function (this: World, { testCaseStartedId }) {
  try {
    return (await requireSession().enter(testCaseStartedId)) ? undefined : 'skipped';
  } catch (error) {
    attach(this, testCaseStartedId, describeFailure(error, { keyword: 'Hook', step: 'entering the stage' }));
    throw error;
  }
});

AfterStep(function (this: World, { testCaseStartedId, pickleStep, result, error }) {
  if (result?.status !== 'FAILED') return;
  const failure = describeFailure(error, { keyword: keywordOf(pickleStep.type), step: pickleStep.text });
  attach(this, testCaseStartedId, withHistory(testCaseStartedId, failure, error));
});

// Imported before the steps, so this runs after their own clean-up: a failure there has been seen by now.
After(function (this: World, { testCaseStartedId, result }) {
  if (result?.status !== 'FAILED') return;
  const { exception, message = 'no message' } = result;
  const place = { keyword: 'Hook', step: 'preparation or clean-up' } as const;
  attach(this, testCaseStartedId, describeException(exception?.type, exception?.message ?? message, place));
});

/** A history that was judged is saved beside the report, and named. */
function withHistory(testCaseStartedId: string, failure: FailureRecord, error: unknown): FailureRecord {
  const judged = error instanceof ConformanceFailure || error instanceof UndecidedError ? error.history : undefined;
  if (judged === undefined || failure.history === undefined) return failure;
  const path = requireSession().keepHistory(testCaseStartedId, judged.text);
  return path === undefined ? failure : { ...failure, history: { ...failure.history, path } };
}

/** Only the first failure of a scenario is attached; the others follow from it. */
function attach(world: World, testCaseStartedId: string, failure: FailureRecord): void {
  const calls = requireSession().fail(testCaseStartedId, failure);
  if (calls === undefined) return;
  world.attach(JSON.stringify(failure), FAILURE_MEDIA_TYPE);
  world.attach(JSON.stringify(boundTranscript(calls, failure.calls)), TRANSCRIPT_MEDIA_TYPE);
}
