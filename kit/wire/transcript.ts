/**
 * The record of every call that the kit made: bounded, secrets redacted, cut into scenarios. It is what a failure prints
 * and what the report draws (design §6); it judges nothing.
 */
export interface TranscriptEntry {
  /** Position in the run, from 1. */
  readonly number: number;
  readonly scenario: string | undefined;
  readonly node: string;
  /** Command name, e.g. `CreateVolume`, or `Control.PauseApply`. */
  readonly command: string;
  /** Request, answer and trailers as bounded text, safe to print: no control characters, no secrets. */
  readonly request: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly answer: string;
  readonly trailers: Readonly<Record<string, string>>;
  /** Monotonic clock, ms. `endedAtMs` is undefined while the call is open. */
  readonly sentAtMs: number;
  readonly endedAtMs: number | undefined;
}

export interface Transcript {
  /** Starts a scenario: later entries belong to it. */
  begin(scenario: string): void;
  /** Entries of the scenario in progress, oldest first; at most the newest 500. */
  readonly entries: readonly TranscriptEntry[];
  readonly callCount: number;
}
