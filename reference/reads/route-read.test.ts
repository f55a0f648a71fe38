import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest } from '../namespace/command.js';
import { type LeaseView, leaseHolds } from './local-lease.js';
import { admitMsync, msyncIndex } from './msync.js';
import { type Consistency, hintOf } from './read-hint.js';
import { type ReadOptions, type RoutingView, routeRead } from './route-read.js';

const LEASE_FRESH: LeaseView = { leaderKnown: true, sinceLeaderHeardMs: 20, appliedIndex: 90, commitIndex: 100 };
const OFF: ReadOptions = {
  followerReads: false,
  maxLag: 100,
  linearizable: false,
  leaderSkip: false,
  localLease: false,
  lease: { logLimit: 10000n, timeMs: 5000n },
};

type Place = 'leader' | 'starting leader' | 'follower';

function viewOf(consistency: Consistency, at: Place, changes: Partial<RoutingView> = {}): RoutingView {
  return {
    readClass: 'coordinated',
    hint: { consistency, limits: { logLimit: undefined, timeMs: undefined } },
    seen: undefined,
    leader: at !== 'follower',
    ready: at === 'leader',
    serving: true,
    appliedIndex: 90,
    commitIndex: 100,
    options: OFF,
    lease: LEASE_FRESH,
    ...changes,
  };
}

function inWords(view: RoutingView): string {
  const decided = routeRead(view);
  if (decided.kind === 'wait') return `wait ${decided.index}`;
  return decided.kind === 'refuse' ? decided.why : decided.kind;
}

const route = (consistency: Consistency, at: Place, options: Partial<ReadOptions>) =>
  inWords(viewOf(consistency, at, { options: { ...OFF, ...options } }));

const HINTS: readonly Consistency[] = [
  'none',
  'default',
  'linearizable-leader-only',
  'linearizable-allow-follower',
  'local-lease',
];

describe('the hint table (wire-binding §5, RC-1, RC-2)', () => {
  const at = (where: Place, options: Partial<ReadOptions>) => HINTS.map((hint) => route(hint, where, options));

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

  it("lets any node answer what is any node's, but where the hint asks for the leader (RC-1)", () => {
    const at = (where: Place) => HINTS.map((hint) => inWords(viewOf(hint, where, { readClass: 'any-node' })));
    expect(at('leader')).toEqual(['local', 'local', 'local', 'local', 'local']);
    expect(at('follower')).toEqual(['local', 'not-leader', 'not-leader', 'local', 'local']);
    expect(at('starting leader')).toEqual(['local', 'leader-not-ready', 'leader-not-ready', 'local', 'local']);
  });

  it('asks the class before the hint', () => {
    const view = (readClass: RoutingView['readClass'], leader: boolean) =>
      viewOf('linearizable-allow-follower', leader ? 'leader' : 'follower', {
        ...{ readClass, seen: 95n, serving: false },
        options: { ...OFF, linearizable: true, followerReads: true },
      });
    expect(routeRead(view('uncoordinated', false)).kind).toBe('local');
    expect(routeRead(view('any-node', false)).kind).toBe('local');
    expect(routeRead(view('leader-only', true)).kind).toBe('local');
    expect(routeRead(view('leader-only', false))).toEqual({ kind: 'refuse', why: 'not-leader' });
  });
});

describe('what the client has seen (wire-binding §5, FR-ADMIT)', () => {
  const ON: ReadOptions = { ...OFF, followerReads: true };
  const at = (where: Place, changes: Partial<RoutingView>) =>
    HINTS.map((hint) => inWords(viewOf(hint, where, { options: ON, ...changes })));
  const leased = { options: { ...ON, localLease: true } };

  it.each([
    // Applied here is 90, committed 100, the limit 100 entries.
    ['leader', { seen: 90n }, ['local', 'local', 'confirm', 'confirm', 'local']],
    ['leader', { seen: 91n }, ['wait 91', 'wait 91', 'confirm', 'confirm', 'wait 91']],
    ['leader', { seen: 100n }, ['wait 100', 'wait 100', 'confirm', 'confirm', 'wait 100']],
    ['leader', { seen: 101n }, ['confirm', 'confirm', 'confirm', 'confirm', 'confirm']],
    ['leader', { seen: 2n ** 63n - 1n }, ['confirm', 'confirm', 'confirm', 'confirm', 'confirm']],
    [
      'starting leader',
      { seen: 90n },
      ['local', 'leader-not-ready', 'leader-not-ready', 'confirm', 'leader-not-ready'],
    ],
    [
      'starting leader',
      { seen: 95n },
      ['wait 95', 'leader-not-ready', 'leader-not-ready', 'confirm', 'leader-not-ready'],
    ],
    ['follower', { seen: 90n }, ['local', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    ['follower', { seen: 0n }, ['local', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    ['follower', { seen: 91n }, ['wait 91', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    // Exactly as far behind as it may be, and one entry further (FR-ADMIT-4).
    ['follower', { seen: 190n }, ['wait 190', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    ['follower', { seen: 191n }, ['too-far-behind', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    ['follower', { seen: 2n ** 63n - 1n }, ['too-far-behind', 'not-leader', 'not-leader', 'confirm', 'not-leader']],
    // The lease is tested first, then its floor (wire-binding §5.1).
    ['follower', { seen: 95n, ...leased }, ['wait 95', 'not-leader', 'not-leader', 'confirm', 'wait 95']],
    [
      'follower',
      { seen: 191n, ...leased },
      ['too-far-behind', 'not-leader', 'not-leader', 'confirm', 'too-far-behind'],
    ],
    // Without it a follower's own state answers nothing but a lease that was asked for (FR-ADMIT-1).
    ['follower', { ...leased }, ['not-leader', 'not-leader', 'not-leader', 'confirm', 'local']],
    [
      'follower',
      { options: { ...ON, linearizable: true } },
      ['confirm', 'not-leader', 'not-leader', 'confirm', 'not-leader'],
    ],
    [
      'follower',
      { seen: 95n, options: { ...ON, linearizable: true } },
      ['wait 95', 'not-leader', 'not-leader', 'confirm', 'not-leader'],
    ],
    // Nothing waits at a node that does not serve (FR-ADMIT-6).
    [
      'follower',
      { seen: 90n, serving: false, ...leased },
      ['not-serving', 'not-leader', 'not-leader', 'not-serving', 'not-serving'],
    ],
    [
      'follower',
      { seen: 95n, serving: false },
      ['not-serving', 'not-leader', 'not-leader', 'not-serving', 'not-leader'],
    ],
    ['follower', { serving: false }, ['not-leader', 'not-leader', 'not-leader', 'not-serving', 'not-leader']],
  ] as const)('%s with %o', (where, changes, expected) => {
    expect(at(where, changes)).toEqual(expected);
  });
});

describe('Msync (FR-MSYNC)', () => {
  it.each([
    [{ leader: true, ready: true }, 'confirm'],
    [{ leader: true, ready: false }, 'leader-not-ready'],
    [{ leader: false, ready: false }, 'not-leader'],
  ] as const)('at %o: %s', (view, expected) => {
    expect(admitMsync(view)).toBe(expected);
  });

  it('tells the confirmed index, and never less than the node has applied', () => {
    expect(msyncIndex(7, 5)).toBe(7);
    expect(msyncIndex(7, 9)).toBe(9);
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
