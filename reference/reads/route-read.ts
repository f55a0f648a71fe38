/**
 * Where a read is served: the table of docs/spec/wire-binding.md §5 as one pure function. A hint decides first, then what the
 * client has seen, then who leads; the client's state id is a floor below every answer that nobody confirmed
 * (`above-floor.ts`). Says nothing of how a position is confirmed or waited for.
 *
 * Stricter than Apache Ozone in one place, on purpose: there `read.option=DEFAULT` weakens LINEARIZABLE_LEADER_ONLY to a
 * local read and refuses LINEARIZABLE_ALLOW_FOLLOWER at followers; here a linearizable hint is confirmed whatever the option
 * says (HA-7, RC-9).
 */
import type { ReadClass } from '../namespace/command.js';
import { aboveFloor, type FloorRoute } from './above-floor.js';
import { type LeaseConfiguration, type LeaseView, leaseHolds } from './local-lease.js';
import type { ReadHint } from './read-hint.js';

export interface ReadOptions {
  /** `ozone.om.follower.read.enabled`. */
  readonly followerReads: boolean;
  /** `ozone.om.follower.read.max.lag`, in entries. */
  readonly maxLag: number;
  /** `ozone.om.ha.raft.server.read.option` = LINEARIZABLE: reads without hint and state id are confirmed too. */
  readonly linearizable: boolean;
  /** `ozone.om.allow.leader.skip.linearizable.read`. */
  readonly leaderSkip: boolean;
  /** `ozone.om.follower.read.local.lease.enabled`. */
  readonly localLease: boolean;
  readonly lease: LeaseConfiguration;
}

export interface RoutingView {
  readonly readClass: ReadClass;
  readonly hint: ReadHint;
  /** Entry of the client's state id for the group that is read; undefined: none, and with follower reads off. */
  readonly seen: bigint | undefined;
  readonly leader: boolean;
  /** A leader that has applied an entry of its own term. */
  readonly ready: boolean;
  /** False while the node is starting, or takes in a snapshot (FR-ADMIT-6). */
  readonly serving: boolean;
  readonly appliedIndex: number;
  /** As far as this node knows. */
  readonly commitIndex: number;
  readonly options: ReadOptions;
  readonly lease: LeaseView;
}

export type ReadRoute =
  | FloorRoute
  | { readonly kind: 'refuse'; readonly why: 'not-leader' | 'leader-not-ready' | 'not-serving' };

const LOCAL: ReadRoute = { kind: 'local' };
const CONFIRM: ReadRoute = { kind: 'confirm' };
const NOT_LEADER: ReadRoute = { kind: 'refuse', why: 'not-leader' };
const NOT_READY: ReadRoute = { kind: 'refuse', why: 'leader-not-ready' };
const NOT_SERVING: ReadRoute = { kind: 'refuse', why: 'not-serving' };

export function routeRead(view: RoutingView): ReadRoute {
  switch (view.readClass) {
    case 'uncoordinated':
      return LOCAL;
    case 'any-node':
      return asksForTheLeader(view) ? atLeader(view, LOCAL) : LOCAL;
    case 'leader-only':
      return atLeader(view, LOCAL);
    case 'coordinated': {
      const route = coordinated(view);
      if (route.kind === 'refuse') return route;
      if (!view.serving) return NOT_SERVING;
      return route.kind === 'local' ? aboveFloor({ ...view, maxLag: view.options.maxLag }) : route;
    }
  }
}

function coordinated(view: RoutingView): ReadRoute {
  const { options } = view;
  switch (view.hint.consistency) {
    case 'none':
      // An aligned read is any node's that serves, a leader's too that is not ready yet (HA-4).
      return view.seen === undefined ? plain(view) : LOCAL;
    case 'default':
      return atLeader(view, LOCAL);
    case 'linearizable-leader-only':
      return atLeader(view, CONFIRM);
    case 'linearizable-allow-follower':
      // A leader that is not ready confirms nothing before it has committed in its term, so the read waits (HA-4).
      return view.leader && view.ready && options.leaderSkip ? LOCAL : CONFIRM;
    case 'local-lease':
      if (view.leader) return atLeader(view, LOCAL);
      return options.localLease && leaseHolds(view.lease, view.hint.limits, options.lease) ? LOCAL : NOT_LEADER;
  }
}

/** A read that says nothing: a follower's own state answers it only as upstream does, without follower reads (FR-ADMIT-1). */
function plain(view: RoutingView): ReadRoute {
  const { options } = view;
  if (view.leader) return atLeader(view, options.linearizable && !options.leaderSkip ? CONFIRM : LOCAL);
  const leased = options.localLease && !options.followerReads;
  if (leased && leaseHolds(view.lease, view.hint.limits, options.lease)) return LOCAL;
  return options.linearizable ? CONFIRM : NOT_LEADER;
}

/** A hint that no follower may answer, whatever the command (RC-1). */
function asksForTheLeader({ hint }: RoutingView): boolean {
  return hint.consistency === 'default' || hint.consistency === 'linearizable-leader-only';
}

/** What only the leader does, and only once it has applied an entry of its own term (HA-4). */
function atLeader(view: RoutingView, route: ReadRoute): ReadRoute {
  if (!view.leader) return NOT_LEADER;
  return view.ready ? route : NOT_READY;
}
