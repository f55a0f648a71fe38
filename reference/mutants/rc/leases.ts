/** Leases that are measured wrongly, and hints that mean more than they say (RC-4, RC-8). */
import type { NodeParts } from '../../node/parts.js';
import { leaseHolds } from '../../reads/local-lease.js';
import type { LeaseLimits } from '../../reads/read-hint.js';
import type { RoutingView } from '../../reads/route-read.js';
import type { Mutant } from '../mutant.js';

const NO_LIMIT = 2n ** 64n - 1n;
const READ_HINT = 'reference/reads/read-hint.ts';
const NO_HINT_AT_ALL = `    default:
      return NO_HINT;`;

export const LEASES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'rc-4-limits-of-the-node-alone',
    wrong: 'A follower measures by its own limits, whatever the client asked for.',
    breaks: { 'RC-4': 'refusal-class' },
    parts: (right) => withLimits(right, () => ({ logLimit: undefined, timeMs: undefined })),
  },
  {
    kind: 'policy',
    id: 'rc-4-no-limit-is-zero',
    wrong: 'A follower takes −1 for a limit of nothing.',
    breaks: { 'RC-4': 'volume-owner' },
    parts: (right) => {
      const plain = (limit: bigint | undefined) => (limit === NO_LIMIT ? 0n : limit);
      return withLimits(right, ({ logLimit, timeMs }) => ({ logLimit: plain(logLimit), timeMs: plain(timeMs) }));
    },
  },
  {
    kind: 'policy',
    id: 'rc-4-one-without-limit-is-both',
    wrong: 'A follower answers whatever it has when one of the two limits is −1.',
    breaks: { 'RC-4': 'refusal-class' },
    parts: (right) =>
      withLimits(right, (limits) =>
        limits.logLimit === NO_LIMIT || limits.timeMs === NO_LIMIT ? { logLimit: NO_LIMIT, timeMs: NO_LIMIT } : limits,
      ),
  },
  {
    kind: 'policy',
    id: 'rc-4-one-entry-too-many',
    wrong: 'A follower that is one entry further behind than it may be answers.',
    breaks: { 'RC-4': 'refusal-class' },
    parts: (right) => withLease(right, ({ appliedIndex }) => ({ appliedIndex: appliedIndex + 1 })),
  },
  {
    kind: 'policy',
    id: 'rc-4-one-entry-too-few',
    wrong: 'A follower that is exactly as far behind as it may be refuses.',
    breaks: { 'RC-4': 'volume-owner' },
    parts: (right) => withLease(right, ({ appliedIndex }) => ({ appliedIndex: appliedIndex - 1 })),
  },
  {
    kind: 'policy',
    id: 'rc-4-time-does-not-pass',
    wrong:
      'A follower measures how far it is behind in entries that it has heard of, and not since when it has heard nothing.',
    breaks: { 'RC-4': 'refusal-class', 'RC-8': 'refused-for-now' },
    parts: (right) => withLease(right, () => ({ leaderKnown: true, sinceLeaderHeardMs: 0 })),
  },
  {
    kind: 'policy',
    id: 'rc-4-nobody-without-a-leader',
    wrong: 'A follower that knows no leader refuses also what has no limits.',
    breaks: { 'RC-4': 'volume-owner' },
    parts: (right) => ({
      ...right,
      routeRead: (view) =>
        underLease(view) && !view.leader && !view.lease.leaderKnown
          ? { kind: 'refuse', why: 'not-leader' }
          : right.routeRead(view),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-4-leader-has-limits',
    wrong: 'The leader measures itself by the limits too, and has heard from no leader.',
    breaks: { 'RC-4': 'volume-owner' },
    parts: (right) => ({
      ...right,
      routeRead: (view) =>
        underLease(view) && view.leader && !leaseHolds(view.lease, view.hint.limits, view.options.lease)
          ? { kind: 'refuse', why: 'not-leader' }
          : right.routeRead(view),
    }),
  },
  {
    kind: 'patch',
    id: 'rc-4-behind-what-it-was-sent',
    wrong:
      'A follower measures by the entries that it was sent, which its leader stops doing when it hears nothing from it.',
    breaks: { 'RC-4': 'fresh-read' },
    file: 'reference/node/replica.ts',
    search: 'return Math.max(commit, this.#heardOfLeader()?.commit ?? 0);',
    replace: 'return commit;',
  },
  {
    kind: 'patch',
    id: 'rc-8-unknown-is-the-last-known',
    wrong: 'A value that this version does not know is taken for the last one that it knows, LOCAL_LEASE.',
    breaks: { 'RC-8': 'refused-for-now' },
    file: READ_HINT,
    search: NO_HINT_AT_ALL,
    replace: `    default:
      return { consistency: 'local-lease', limits };`,
  },
  {
    kind: 'patch',
    id: 'rc-8-limits-without-a-hint',
    wrong:
      'A value that says nothing is no hint, and the limits that it brings along count for the lease of a read without one.',
    breaks: { 'RC-8': 'refused-for-now' },
    file: READ_HINT,
    search: NO_HINT_AT_ALL,
    replace: `    default:
      return { consistency: 'none', limits };`,
  },
];

function underLease(view: RoutingView): boolean {
  return view.readClass === 'coordinated' && view.hint.consistency === 'local-lease';
}

function withLimits(right: NodeParts, change: (limits: LeaseLimits) => LeaseLimits): NodeParts {
  return {
    ...right,
    routeRead: (view) => right.routeRead({ ...view, hint: { ...view.hint, limits: change(view.hint.limits) } }),
  };
}

function withLease(
  right: NodeParts,
  change: (lease: RoutingView['lease']) => Partial<RoutingView['lease']>,
): NodeParts {
  return {
    ...right,
    routeRead: (view) => right.routeRead({ ...view, lease: { ...view.lease, ...change(view.lease) } }),
  };
}
