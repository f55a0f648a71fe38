/**
 * Whether a follower may answer from its own state because it heard from its leader lately and is not far behind
 * (LOCAL_LEASE, RC-4). Takes times and indexes as given; who measures them is the node's business.
 */
import type { LeaseLimits } from './read-hint.js';

/** What a follower knows of its leader. */
export interface LeaseView {
  readonly leaderKnown: boolean;
  /** Since the last message of that leader; undefined when none was heard. */
  readonly sinceLeaderHeardMs: number | undefined;
  readonly appliedIndex: number;
  /** Commit index as far as this node was told. */
  readonly commitIndex: number;
}

/** The node's own limits; −1 = none. */
export interface LeaseConfiguration {
  readonly logLimit: bigint;
  readonly timeMs: bigint;
}

const UNLIMITED_ON_THE_WIRE = 2n ** 64n - 1n;

const unlimited = (limit: bigint): boolean => limit === -1n || limit === UNLIMITED_ON_THE_WIRE;

/** The request's limits override the node's. Without a time limit the answer may be any age, with no leader known too. */
export function leaseHolds(view: LeaseView, limits: LeaseLimits, configured: LeaseConfiguration): boolean {
  const timeMs = limits.timeMs ?? configured.timeMs;
  const logLimit = limits.logLimit ?? configured.logLimit;
  if (!unlimited(timeMs)) {
    if (!view.leaderKnown || view.sinceLeaderHeardMs === undefined) return false;
    if (BigInt(Math.ceil(view.sinceLeaderHeardMs)) > timeMs) return false;
  }
  return unlimited(logLimit) || BigInt(view.appliedIndex) + logLimit >= BigInt(view.commitIndex);
}
