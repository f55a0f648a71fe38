/** Everything that a run is asked for, complete: no default is chosen after this. */
import type { ReportFolder } from '../report/folder.js';
import type { Catalogue } from '../spec/catalogue.js';
import type { Target } from '../targets/target.js';
import type { Deviation } from '../verdict/baseline.js';
import type { Selection } from './selection.js';

/** Where time comes from. */
export interface Clock {
  now(): Date;
  /** Milliseconds since some fixed point. */
  monotonicMs(): number;
}

export interface RunRequest {
  /** A target file, a built-in kind, or a target that the caller made. */
  readonly target: string | Target;
  readonly selection: Selection;
  /** Six lower-case letters and digits. */
  readonly runId: string;
  readonly seed: string;
  readonly timeoutFactor: number;
  /** Permission to disturb a cluster that is somebody else's. */
  readonly disruptive: boolean;
  /** Leave what the run made. */
  readonly keep: boolean;
  readonly allowPartial: boolean;
  /** Undefined without a baseline: an empty one is a claim that nothing deviates. */
  readonly deviations: readonly Deviation[] | undefined;
  readonly debug: boolean;
  /** Folder that holds `features/`. */
  readonly root: string;
  readonly catalogue: Catalogue;
  readonly folder: ReportFolder;
  /** The command that repeats this run, without a selection. */
  readonly command: string;
  readonly kitVersion: string;
  readonly clock: Clock;
}
