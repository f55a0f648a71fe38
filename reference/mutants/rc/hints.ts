/** Reads that are routed or answered against their hint (RC-1, RC-2, RC-3, RC-5). */
import type { RoutingView } from '../../reads/route-read.js';
import type { Mutant } from '../mutant.js';

export const HINTS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'rc-1-default-answered-by-followers',
    wrong: 'A follower answers a read with DEFAULT from its own state.',
    breaks: { 'RC-1': 'refusal-class' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (isFor(view, 'default') ? { kind: 'local' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-1-leader-only-confirmed-by-followers',
    wrong: 'A follower takes LINEARIZABLE_LEADER_ONLY for LINEARIZABLE_ALLOW_FOLLOWER.',
    breaks: { 'RC-1': 'refusal-class' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (isFor(view, 'linearizable-leader-only') ? { kind: 'confirm' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-1-services-whatever-the-hint',
    wrong:
      'A follower asks the class of a command alone: it lists the services also where the hint asks for the leader.',
    breaks: { 'RC-1': 'refusal-class' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (view.readClass === 'any-node' ? { kind: 'local' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-2-answered-without-asking-the-leader',
    wrong: 'A follower answers LINEARIZABLE_ALLOW_FOLLOWER from its own state.',
    breaks: { 'RC-2': 'volume-owner', 'RC-3': 'refused-for-now', 'RC-5': 'listing-content' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (isFor(view, 'linearizable-allow-follower') ? { kind: 'local' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-2-answered-before-applied',
    wrong: 'A follower asks the leader for a read index, and does not wait until it has applied that.',
    breaks: { 'RC-2': 'volume-owner', 'RC-5': 'listing-content' },
    parts: (right) => ({ ...right, satisfiesRead: () => true }),
  },
];

/** A read of namespace data with this hint, at a node that does not lead. */
function isFor(view: RoutingView, consistency: RoutingView['hint']['consistency']): boolean {
  return view.readClass === 'coordinated' && !view.leader && view.hint.consistency === consistency;
}
