/**
 * The cluster of a run as the session holds it: a target, the clients that talk to it and what it can do. The session
 * decides when each of these happens; `live-cluster.ts` does them for real, tests bring their own.
 */
import type { ControlClient } from '../control/control.js';
import type { Target } from '../targets/target.js';
import type { OmClient } from '../wire/outcome.js';
import type { Transcript } from '../wire/transcript.js';
import type { Capability } from './capability.js';

/** What is in hand once the cluster answers. */
export interface Link {
  readonly client: OmClient;
  readonly control: ControlClient | undefined;
  readonly transcript: Transcript;
  /** Settled: the target's own and the control service's. */
  readonly capabilities: ReadonlySet<Capability>;
}

export interface Cluster {
  readonly target: Target;
  /** True when the cluster is somebody else's: what disturbs it needs permission, and what the run makes is removed. */
  readonly foreign: boolean;
  /** Starts the target, or connects to it. Throws EnvironmentError. */
  start(): Promise<void>;
  /**
   * The doctor's look before the first scenario: reachable, one cluster, one leader, what may be done to it. Throws
   * EnvironmentError.
   */
  examine(): Promise<Link>;
  /** Removes everything that the run made. Throws EnvironmentError. */
  cleanUp(): Promise<void>;
  /** Closes the clients and stops what `start` started. Safe to call at any time, more than once. */
  close(): Promise<void>;
}

export interface ClusterOptions {
  readonly runId: string;
  /** Multiplies every budget. */
  readonly timeoutFactor: number;
}

/** Reads a target, starts nothing. Throws UsageError. */
export type OpenCluster = (target: string | Target, options: ClusterOptions) => Promise<Cluster>;
