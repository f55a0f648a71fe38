/** What a run tells those who watch it: the terminal, a test. It never waits for them. */
import type { FailureRecord, RecordedCall } from '../verdict/failure-record.js';
import type { PlannedScenario } from './plan.js';
import type { RunResult } from './publish.js';

/** A planned scenario, at the moment it ends. The verdict is not computed from this but from the files. */
export interface ScenarioEnd {
  readonly planned: PlannedScenario;
  readonly status: 'passed' | 'failed' | 'unknown' | 'broken';
  readonly failure: FailureRecord | undefined;
  /** Why it is broken, in one line. */
  readonly why: string | undefined;
  readonly transcript: readonly RecordedCall[];
}

export interface RunObserver {
  /** What the run does before its first scenario, in a few words. */
  phase?(text: string): void;
  planned?(plan: readonly PlannedScenario[], seed: string): void;
  scenarioStarted?(planned: PlannedScenario): void;
  scenarioEnded?(end: ScenarioEnd): void;
  finished?(result: RunResult): void;
}
