/**
 * Reads Cucumber Messages and says how each planned scenario ended (harness-contracts.md §4). It trusts no summary that
 * cucumber gives: a scenario has passed only when it started, every step of it passed, and it finished. What that means for
 * a rule or a profile is `judge.ts`'s.
 */
import type { Attachment, Envelope, Pickle, TestCase, TestStepResult } from '@cucumber/messages';
import type { PlannedEntry, RunEnvelope } from './envelope.js';
import {
  describeException,
  FAILURE_MEDIA_TYPE,
  failureSchema,
  SEEN_MEDIA_TYPE,
  seenSchema,
  TRANSCRIPT_MEDIA_TYPE,
  transcriptSchema,
} from './failure-record.js';
import type { ScenarioResult, StepResult } from './scenario-result.js';

export type { ScenarioResult } from './scenario-result.js';

interface Execution {
  readonly testCase: TestCase;
  readonly steps: Map<string, TestStepResult>;
  readonly attachments: Attachment[];
  started: boolean;
  finished: boolean;
  /** An attempt was repeated. The kit never asks for that, and a repetition must not hide the first outcome. */
  repeated: boolean;
}

/** Gathers the messages of one run; feed them in order, then ask for `results`. */
export class MessageReader {
  readonly #pickles = new Map<string, Pickle>();
  readonly #executions: Execution[] = [];
  readonly #byTestCase = new Map<string, Execution>();
  readonly #byAttempt = new Map<string, Execution>();

  add(message: Envelope): void {
    if (message.pickle) this.#pickles.set(message.pickle.id, message.pickle);
    else if (message.testCase) {
      const execution: Execution = {
        testCase: message.testCase,
        steps: new Map(),
        attachments: [],
        started: false,
        finished: false,
        repeated: false,
      };
      this.#executions.push(execution);
      this.#byTestCase.set(message.testCase.id, execution);
    } else if (message.testCaseStarted) {
      const execution = this.#byTestCase.get(message.testCaseStarted.testCaseId);
      if (execution === undefined) return;
      execution.repeated ||= execution.started;
      execution.started = true;
      this.#byAttempt.set(message.testCaseStarted.id, execution);
    } else if (message.testStepFinished) {
      const { testCaseStartedId, testStepId, testStepResult } = message.testStepFinished;
      this.#byAttempt.get(testCaseStartedId)?.steps.set(testStepId, testStepResult);
    } else if (message.attachment?.testCaseStartedId !== undefined) {
      this.#byAttempt.get(message.attachment.testCaseStartedId)?.attachments.push(message.attachment);
    } else if (message.testCaseFinished) {
      const execution = this.#byAttempt.get(message.testCaseFinished.testCaseStartedId);
      if (execution !== undefined) execution.finished = true;
    }
  }

  /** `uri: title` of every scenario in the files that were read, selected or not. */
  get scenarios(): ReadonlySet<string> {
    return new Set([...this.#pickles.values()].map(({ uri, name }) => `${uri}: ${name}`));
  }

  get uris(): ReadonlySet<string> {
    return new Set([...this.#pickles.values()].map(({ uri }) => uri));
  }

  /** Scenarios that were executed to their end; those that cucumber only walked through, skipping all, are not among them. */
  get ran(): number {
    return this.#executions.filter(
      ({ finished, steps }) => finished && [...steps.values()].some(({ status }) => status !== 'SKIPPED'),
    ).length;
  }

  /** One result for each entry of the plan, in its order: the n-th planned run is the n-th test case. */
  results(envelope: Pick<RunEnvelope, 'plan' | 'stopped'>): ScenarioResult[] {
    const executions = this.#executions.values();
    return envelope.plan.map((entry) => {
      if (entry.decision.kind !== 'run') return unexecuted(entry);
      const next = executions.next();
      return this.#judge(entry, next.done === true ? undefined : next.value, envelope.stopped);
    });
  }

  /** Test cases beyond the plan: something ran that nobody planned. */
  surplus(plan: readonly PlannedEntry[]): number {
    return Math.max(0, this.#executions.length - plan.filter(({ decision }) => decision.kind === 'run').length);
  }

  #judge(entry: PlannedEntry, execution: Execution | undefined, stopped: RunEnvelope['stopped']): ScenarioResult {
    const pickle = execution && this.#pickles.get(execution.testCase.pickleId);
    const base = describe(entry);
    if (execution === undefined || pickle === undefined || !isOf(entry, pickle)) {
      return { ...base, ...unfinished('it was planned and did not run', stopped) };
    }
    const steps = stepsOf(execution, pickle);
    const durationMs = [...execution.steps.values()].reduce((sum, { duration }) => sum + milliseconds(duration), 0);
    const seen = seenBy(execution);
    return {
      ...base,
      steps,
      durationMs,
      ...(seen.length === 0 ? {} : { seen }),
      ...outcome(execution, steps, stopped),
    };
  }
}

function isOf(entry: PlannedEntry, { uri, name, location }: Pickle): boolean {
  return uri === entry.uri && name === entry.name && (location === undefined || location.line === entry.line);
}

type Outcome = Pick<ScenarioResult, 'status' | 'blame' | 'why' | 'failure' | 'transcript'>;

function outcome(execution: Execution, steps: readonly StepResult[], stopped: RunEnvelope['stopped']): Outcome {
  if (execution.repeated) return broken('it ran more than once; a conformance run repeats nothing', 'harness');
  if (!execution.started) return unfinished('it did not run', stopped);
  const results = execution.testCase.testSteps.map((step) => execution.steps.get(step.id));
  const failed = results.findIndex((result) => result?.status === 'FAILED');
  if (failed >= 0) return failure(execution, steps, failed);
  if (!execution.finished || results.includes(undefined)) {
    return unfinished('it did not finish', stopped);
  }
  if (steps.every(({ keyword }) => keyword === 'Hook')) return broken('it has no steps', 'harness');
  if (stopped !== undefined && results.every((result) => result?.status === 'SKIPPED'))
    return unfinished('it did not run', stopped);
  const odd = steps.find(({ status }) => status !== 'PASSED');
  if (odd !== undefined) return broken(`step "${odd.text}" is ${odd.status.toLowerCase()}`, 'harness');
  return { status: 'passed', blame: undefined, why: undefined, failure: undefined, transcript: [] };
}

function broken(why: string, blame: Outcome['blame']): Outcome {
  return { status: 'broken', blame, why, failure: undefined, transcript: [] };
}

/** Nobody's fault when the run was stopped, the kit's otherwise. */
function unfinished(why: string, stopped: RunEnvelope['stopped']): Outcome {
  return stopped === undefined ? broken(why, 'harness') : broken(`${why}: ${stoppedText(stopped)}`, undefined);
}

function failure(execution: Execution, steps: readonly StepResult[], index: number): Outcome {
  const testStep = execution.testCase.testSteps[index];
  const result = testStep && execution.steps.get(testStep.id);
  const step = steps[index];
  const place = { keyword: step?.keyword ?? 'Hook', step: step?.text ?? '' } as const;
  const own = execution.attachments.filter(({ testStepId }) => testStepId === testStep?.id);
  const record =
    readAttachment(own, FAILURE_MEDIA_TYPE, (value) => failureSchema.parse(value)) ??
    describeException(result?.exception?.type, result?.exception?.message ?? result?.message ?? 'no message', place);
  return {
    status: record.status,
    blame: record.blame,
    why: record.message.split('\n')[0],
    failure: record,
    transcript:
      readAttachment(execution.attachments, TRANSCRIPT_MEDIA_TYPE, (value) => transcriptSchema.parse(value)) ?? [],
  };
}

/** What the steps of a scenario saw, in their order. One that cannot be read is passed over: it decides nothing. */
function seenBy({ attachments }: Execution): string[] {
  return attachments.flatMap((attachment) => {
    const record = readAttachment([attachment], SEEN_MEDIA_TYPE, (value) => seenSchema.parse(value));
    return record === undefined ? [] : [record.seen];
  });
}

/** The first readable attachment of a type. One that cannot be read says nothing: the failure is then the kit's own. */
function readAttachment<T>(
  attachments: readonly Attachment[],
  type: string,
  parse: (value: unknown) => T,
): T | undefined {
  for (const { mediaType, body } of attachments) {
    if (mediaType !== type) continue;
    try {
      return parse(JSON.parse(body));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function stepsOf({ testCase, steps }: Execution, pickle: Pickle): StepResult[] {
  return testCase.testSteps.map((step) => {
    const status = steps.get(step.id)?.status ?? 'UNKNOWN';
    const pickleStep = pickle.steps.find(({ id }) => id === step.pickleStepId);
    return pickleStep === undefined
      ? { keyword: 'Hook', text: 'preparation or clean-up', status: status as StepResult['status'] }
      : { keyword: keywordOf(pickleStep.type), text: pickleStep.text, status: status as StepResult['status'] };
  });
}

/** Given, When or Then, whatever word (And, But, *) the feature used. */
export function keywordOf(type: string | undefined): StepResult['keyword'] {
  if (type === 'Outcome') return 'Then';
  return type === 'Action' ? 'When' : 'Given';
}

function unexecuted(entry: PlannedEntry): ScenarioResult {
  const { decision } = entry;
  if (decision.kind === 'not-verified') {
    return {
      ...describe(entry),
      status: 'not-verified',
      blame: undefined,
      why: `needs ${decision.missing.join(', ')}`,
    };
  }
  return {
    ...describe(entry),
    status: 'broken',
    blame: 'harness',
    why: decision.kind === 'broken' ? decision.why : 'it did not run',
  };
}

function describe({ uri, line, name, rule, decision }: PlannedEntry) {
  const stage = decision.kind === 'broken' ? undefined : decision.stage;
  return { uri, line, name, rule, stage, failure: undefined, transcript: [], steps: [], durationMs: 0 };
}

function stoppedText(stopped: NonNullable<RunEnvelope['stopped']>): string {
  return stopped === 'interrupted' ? 'the run was interrupted' : 'the run stopped at the first failure';
}

function milliseconds({ seconds, nanos }: TestStepResult['duration']): number {
  return seconds * 1_000 + nanos / 1e6;
}
