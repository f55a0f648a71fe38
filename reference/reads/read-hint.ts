/**
 * What a client asked for in `readConsistencyHint`, as domain words. Decides what counts as a hint at all; where the read
 * goes is `route-read.ts`.
 */
import { hadoop } from '#proto';
import type { OMRequest } from '../namespace/command.js';

export type Consistency =
  | 'none'
  | 'default'
  | 'linearizable-leader-only'
  | 'linearizable-allow-follower'
  | 'local-lease';

/** Limits that the client gave with LOCAL_LEASE; undefined = the node's configuration decides. 2^64−1 = no limit. */
export interface LeaseLimits {
  readonly logLimit: bigint | undefined;
  readonly timeMs: bigint | undefined;
}

export interface ReadHint {
  readonly consistency: Consistency;
  readonly limits: LeaseLimits;
}

const NO_LIMITS_GIVEN: LeaseLimits = { logLimit: undefined, timeMs: undefined };
const NO_HINT: ReadHint = { consistency: 'none', limits: NO_LIMITS_GIVEN };

/** A hint that is absent, UNSPECIFIED or of an unknown value is no hint (docs/spec/wire-binding.md §5.1, RC-8). */
export function hintOf(request: OMRequest): ReadHint {
  const hint = request.readConsistencyHint;
  if (hint === undefined || hint === null) return NO_HINT;
  const context = hint.localLeaseContext;
  const limits =
    context === undefined || context === null
      ? NO_LIMITS_GIVEN
      : { logLimit: context.logLimit ?? undefined, timeMs: context.leaseTimeMs ?? undefined };
  const { ReadConsistencyProto } = hadoop.ozone;
  switch (hint.readConsistency) {
    case ReadConsistencyProto.DEFAULT:
      return { consistency: 'default', limits };
    case ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY:
      return { consistency: 'linearizable-leader-only', limits };
    case ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER:
      return { consistency: 'linearizable-allow-follower', limits };
    case ReadConsistencyProto.LOCAL_LEASE:
      return { consistency: 'local-lease', limits };
    default:
      return NO_HINT;
  }
}
