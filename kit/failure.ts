/**
 * The three ways in which a scenario can end badly, by who is to blame (harness-contracts.md §4). Anything else that a
 * step throws is the kit's own fault and counts as `harness`.
 */
import type { TimelineCall } from './history/timeline.js';

export type Blame = 'implementation' | 'harness' | 'environment';

/** A history that was judged, kept with the failure so that it can be judged again. */
export interface JudgedHistory {
  /** As a file of its own. */
  readonly text: string;
  /** The counter-example; empty where there is none. */
  readonly calls: readonly TimelineCall[];
}

/** An answer contradicts a rule. Thrown by `kit/assert` alone. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure';
  readonly blame = 'implementation' as const;
  constructor(
    /** Id of the assertion that failed, e.g. `answer-status`; mutants name it. */
    readonly assertion: string,
    readonly expected: string,
    readonly found: string,
    /** Transcript numbers of the calls that decided it. */
    readonly calls: readonly number[] = [],
    readonly history?: JudgedHistory,
  ) {
    super(`expected ${expected}, found ${found}`);
  }
}

/** The surroundings failed: a port is taken, a node does not start, a hook does not work. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly blame = 'environment' as const;
  constructor(
    /** Code in the registry `kit/errors.ts`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The user asked for something that cannot be: exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The kit itself did something invalid, such as building a request that no server could read: exit code 4. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly blame = 'harness' as const;
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Neither right nor wrong can be told: a checker ran out of budget, or a budget was missed while the calibration probe was slow too. */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
  constructor(
    message: string,
    readonly history?: JudgedHistory,
  ) {
    super(message);
  }
}
