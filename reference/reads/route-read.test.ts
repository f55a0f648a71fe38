import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest } from '../namespace/command.js';
import { type LeaseView, leaseHolds } from './local-lease.js';
import { type Consistency, hintOf } from './read-hint.js';
import { type ReadOptions, type RoutingView, routeRead } from './route-read.js';

const LEASE_FRESH: LeaseView = { leaderKnown: true, sinceLeaderHeardMs: 20, appliedIndex: 90, commitIndex: 100 };
const OFF: ReadOptions = {
  linearizable: false,
  leaderSkip: false,
  localLease: false,
  lease: { logLimit: 10000n, timeMs: 5000n },
};

function route(consistency: Consistency, at: 'leader' | 'starting leader' | 'follower', options: Partial<ReadOptions>) {
  const view: RoutingView = {
    readClass: 'coordinated',
    hint: { consistency, limits: { logLimit: undefined, timeMs: undefined } },
    leader: at !== 'follower',
    ready: at === 'leader',
    options: { ...OFF, ...options },
    lease: LEASE_FRESH,
  };
  const decided = routeRead(view);
  return decided.kind === 'refuse' ? decided.why : decided.kind;
}

describe('the hint table (wire-binding §5, RC-1, RC-2)', () => {
  const hints: readonly Consistency[] = [
    'none',
    'default',
    'linearizable-leader-only',
    'linearizable-allow-follower',
    'local-lease',
  ];
  const at = (where: 'leader' | 'starting leader' | 'follower', options: Partial<ReadOptions>) =>
    hints.map((hint) => route(hint, where, options));

  it.each([
    ['leader', {}, ['local', 'local', 'confirm', 'confirm', 'local']],
    ['follower', {}, ['not-leader', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    [
      'starting leader',
      {},
      ['leader-not-ready', 'leader-not-ready', 'leader-not-ready', 'confirm', 'leader-not-ready'],
    ],
    ['leader', { linearizable: true }, ['confirm', 'local', 'confirm', 'confirm', 'local']],
    ['follower', { linearizable: true }, ['confirm', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    ['leader', { linearizable: true, leaderSkip: true }, ['local', 'local', 'confirm', 'local', 'local']],
    ['follower', { localLease: true }, ['local', 'not-leader', 'not-leader', 'confirm', 'local']],
  ] as const)('%s with %j', (where, options, expected) => {
    expect(at(where, options)).toEqual(expected);
  });

  it('asks the class before the hint', () => {
    const view = (readClass: RoutingView['readClass'], leader: boolean): RoutingView => ({
      readClass,
      hint: { consistency: 'linearizable-allow-follower', limits: { logLimit: undefined, timeMs: undefined } },
      leader,
      ready: leader,
      options: { ...OFF, linearizable: true },
      lease: LEASE_FRESH,
    });
    expect(routeRead(view('uncoordinated', false)).kind).toBe('local');
    expect(routeRead(view('any-node', false)).kind).toBe('local');
    expect(routeRead(view('leader-only', true)).kind).toBe('local');
    expect(routeRead(view('leader-only', false))).toEqual({ kind: 'refuse', why: 'not-leader' });
  });
});

describe('the hint of a request', () => {
  const { ReadConsistencyProto, Type } = hadoop.ozone;
  const request = (readConsistencyHint: OMRequest['readConsistencyHint']): OMRequest => ({
    cmdType: Type.InfoVolume,
    clientId: 'c',
    ...(readConsistencyHint === undefined ? {} : { readConsistencyHint }),
  });

  it.each([
    [undefined, 'none'],
    [{}, 'none'],
    [{ readConsistency: ReadConsistencyProto.READ_CONSISTENCY_UNSPECIFIED }, 'none'],
    [{ readConsistency: 99 as hadoop.ozone.ReadConsistencyProto }, 'none'],
    [{ readConsistency: ReadConsistencyProto.DEFAULT }, 'default'],
    [{ readConsistency: ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY }, 'linearizable-leader-only'],
    [{ readConsistency: ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER }, 'linearizable-allow-follower'],
    [{ readConsistency: ReadConsistencyProto.LOCAL_LEASE }, 'local-lease'],
  ] as const)('%j is %s (RC-8)', (hint, expected) => {
    expect(hintOf(request(hint)).consistency).toBe(expected);
  });

  it('keeps the limits of a lease, −1 as it travels', () => {
    const hint = hintOf(
      request({
        readConsistency: ReadConsistencyProto.LOCAL_LEASE,
        localLeaseContext: { logLimit: 2n ** 64n - 1n, leaseTimeMs: 1n },
      }),
    );
    expect(hint.limits).toEqual({ logLimit: 2n ** 64n - 1n, timeMs: 1n });
  });
});

describe('the local lease (RC-4)', () => {
  const configured = { logLimit: 10n, timeMs: 5000n };
  const given = (logLimit?: bigint, timeMs?: bigint) => ({ logLimit, timeMs });
  const lost: LeaseView = { leaderKnown: false, sinceLeaderHeardMs: undefined, appliedIndex: 1, commitIndex: 100 };
  const unlimited = 2n ** 64n - 1n;

  it.each([
    ['fresh and within the limit', LEASE_FRESH, given(), true],
    ['one entry too far behind', { ...LEASE_FRESH, appliedIndex: 89 }, given(), false],
    ['heard too long ago', { ...LEASE_FRESH, sinceLeaderHeardMs: 5000.5 }, given(), false],
    ['no leader known', lost, given(unlimited), false],
    ['no limits at all', lost, given(unlimited, unlimited), true],
    ['the request asks for nothing behind', LEASE_FRESH, given(0n), false],
    ['the request asks for 1 ms', LEASE_FRESH, given(undefined, 1n), false],
  ] as const)('%s', (_, view, limits, expected) => {
    expect(leaseHolds(view, limits, configured)).toBe(expected);
  });
});
