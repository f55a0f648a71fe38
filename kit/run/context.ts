/**
 * What a run has in its hands while scenarios execute: the target, the clients and the names it may use. Steps reach it
 * through the World; there is one run at a time in a process.
 */
import type { ControlClient } from '../control/control.js';
import type { Target } from '../targets/target.js';
import type { OmClient } from '../wire/outcome.js';
import type { Transcript } from '../wire/transcript.js';
import type { Capability, Stage } from './capability.js';
import type { Names } from './names.js';

export interface RunContext {
  /** Six lower-case letters and digits; part of every name the run makes (`omc-<run>-…`). */
  readonly runId: string;
  /** Printed, and the source of order and of every choice that scenarios make. */
  readonly seed: string;
  readonly target: Target;
  readonly client: OmClient;
  /** Undefined when no node offers the control service. */
  readonly control: ControlClient | undefined;
  /** Settled before the first scenario. */
  readonly capabilities: ReadonlySet<Capability>;
  readonly transcript: Transcript;
  readonly names: Names;
  /** Stage that the cluster is in now. */
  readonly stage: Stage;
}

let current: RunContext | undefined;

/** The run in progress. Throws when there is none: steps are only ever executed inside one. */
export function currentRun(): RunContext {
  if (current === undefined) throw new Error('no conformance run is in progress in this process');
  return current;
}

/** Set by the cucumber plugin alone. */
export function setCurrentRun(run: RunContext | undefined): void {
  current = run;
}
