/**
 * Where a read is served: the hint table of docs/spec/wire-binding.md §5 as one pure function. Says nothing of how a
 * position is confirmed or waited for.
 *
 * Stricter than Apache Ozone in one place, on purpose: there `read.option=DEFAULT` weakens LINEARIZABLE_LEADER_ONLY to a
 * local read and refuses LINEARIZABLE_ALLOW_FOLLOWER at followers; here a linearizable hint is confirmed whatever the option
 * says (HA-7, RC-9).
 */
import type { ReadClass } from '../namespace/command.js';
import { type LeaseConfiguration, type LeaseView, leaseHolds } from './local-lease.js';
import type { ReadHint } from './read-hint.js';

export interface ReadOptions {
  /** `ozone.om.ha.raft.server.read.option` = LINEARIZABLE: reads without a hint are confirmed too. */
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
  readonly leader: boolean;
  /** A leader that has applied an entry of its own term. */
  readonly ready: boolean;
  readonly options: ReadOptions;
  readonly lease: LeaseView;
}

export type ReadRoute =
  /** Answer from this node's applied state, now. */
  | { readonly kind: 'local' }
  /** Get a confirmed read index, wait until it is applied, then answer (ReadIndex). */
  | { readonly kind: 'confirm' }
  | { readonly kind: 'refuse'; readonly why: 'not-leader' | 'leader-not-ready' };

const LOCAL: ReadRoute = { kind: 'local' };
const CONFIRM: ReadRoute = { kind: 'confirm' };
const NOT_LEADER: ReadRoute = { kind: 'refuse', why: 'not-leader' };
const NOT_READY: ReadRoute = { kind: 'refuse', why: 'leader-not-ready' };

export function routeRead(view: RoutingView): ReadRoute {
  switch (view.readClass) {
    case 'uncoordinated':
    case 'any-node':
      return LOCAL;
    case 'leader-only':
      return atLeader(view, LOCAL);
    case 'coordinated':
      return coordinated(view);
  }
}

function coordinated(view: RoutingView): ReadRoute {
  const { options } = view;
  switch (view.hint.consistency) {
    case 'none':
      if (view.leader) return atLeader(view, options.linearizable && !options.leaderSkip ? CONFIRM : LOCAL);
      if (options.localLease && leaseHolds(view.lease, view.hint.limits, options.lease)) return LOCAL;
      return options.linearizable ? CONFIRM : NOT_LEADER;
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

/** What only the leader does, and only once it has applied an entry of its own term (HA-4). */
function atLeader(view: RoutingView, route: ReadRoute): ReadRoute {
  if (!view.leader) return NOT_LEADER;
  return view.ready ? route : NOT_READY;
}
