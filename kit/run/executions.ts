/**
 * Follows the scenarios of a run through cucumber's messages, so that hooks and observers know which planned scenario, in
 * which stage, is in progress. The verdict is not computed from this but from the files.
 */
import type { Envelope, Pickle, TestCase } from '@cucumber/messages';
import type { FailureRecord, RecordedCall } from '../verdict/failure-record.js';
import type { RunObserver, ScenarioEnd } from './observer.js';
import type { PlannedScenario } from './plan.js';

interface Announced {
  readonly planned: PlannedScenario;
  readonly testCase: TestCase;
}

interface Execution extends Announced {
  /** The kit's first hook ran: cucumber did not skip the whole scenario. */
  entered: boolean;
  status: ScenarioEnd['status'];
  failure: FailureRecord | undefined;
  why: string | undefined;
  transcript: readonly RecordedCall[];
}

export class Executions {
  readonly #observers: ReadonlySet<RunObserver>;
  /** Planned runs in order: cucumber makes one test case of each, in this order. */
  #runs: readonly PlannedScenario[] = [];
  readonly #byTestCase = new Map<string, Announced>();
  readonly #pickles = new Map<string, Pickle>();
  readonly #inProgress = new Map<string, Execution>();
  #skippedWhole = false;

  constructor(observers: ReadonlySet<RunObserver>) {
    this.#observers = observers;
  }

  /** To be called before the first test case is announced. */
  expect(runs: readonly PlannedScenario[]): void {
    this.#runs = runs;
  }

  /** Cucumber walked through a scenario without running even its first hook: it stopped at the first failure. */
  get skippedWhole(): boolean {
    return this.#skippedWhole;
  }

  message({ pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished }: Envelope): void {
    if (pickle) this.#pickles.set(pickle.id, pickle);
    else if (testCase) {
      const planned = this.#runs[this.#byTestCase.size];
      if (planned !== undefined) this.#byTestCase.set(testCase.id, { planned, testCase });
    } else if (testCaseStarted) this.#started(testCaseStarted.id, testCaseStarted.testCaseId);
    else if (testStepFinished) {
      const { testCaseStartedId, testStepId, testStepResult } = testStepFinished;
      this.#stepFinished(testCaseStartedId, testStepId, testStepResult.status);
    } else if (testCaseFinished) this.#finished(testCaseFinished.testCaseStartedId);
  }

  /** The planned scenario of an execution, whose first hook is running now. */
  enter(id: string): PlannedScenario | undefined {
    const execution = this.#inProgress.get(id);
    if (execution === undefined) return undefined;
    execution.entered = true;
    return execution.planned;
  }

  /** The planned scenario of an execution in progress. */
  planned(id: string): PlannedScenario | undefined {
    return this.#inProgress.get(id)?.planned;
  }

  /** Notes the first failure of a scenario; answers false when there is one already. */
  fail(id: string, failure: FailureRecord, transcript: readonly RecordedCall[]): boolean {
    const execution = this.#inProgress.get(id);
    if (execution === undefined || execution.failure !== undefined) return false;
    execution.failure = failure;
    execution.transcript = transcript;
    return true;
  }

  #started(id: string, testCaseId: string): void {
    const announced = this.#byTestCase.get(testCaseId);
    if (announced === undefined) return;
    const fresh = { entered: false, status: 'passed', failure: undefined, why: undefined, transcript: [] } as const;
    this.#inProgress.set(id, { ...announced, ...fresh });
    for (const observer of this.#observers) observer.scenarioStarted?.(announced.planned);
  }

  #stepFinished(id: string, testStepId: string, status: string): void {
    const execution = this.#inProgress.get(id);
    if (execution === undefined || status === 'PASSED') return;
    if (status === 'FAILED') execution.status = execution.failure?.status ?? 'failed';
    else if (execution.status === 'passed') {
      execution.status = 'broken';
      execution.why = `step "${this.#textOf(execution.testCase, testStepId)}" is ${status.toLowerCase()}`;
    }
  }

  #textOf({ pickleId, testSteps }: TestCase, testStepId: string): string {
    const testStep = testSteps.find((step) => step.id === testStepId);
    return this.#pickles.get(pickleId)?.steps.find((step) => step.id === testStep?.pickleStepId)?.text ?? 'of the kit';
  }

  #finished(id: string): void {
    const execution = this.#inProgress.get(id);
    if (execution === undefined) return;
    this.#inProgress.delete(id);
    if (!execution.entered) {
      this.#skippedWhole = true;
      return;
    }
    for (const observer of this.#observers) observer.scenarioEnded?.(execution);
  }
}
