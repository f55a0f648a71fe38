/** How a node says that it does not lead, and whom it suggests instead (HA-2, HA-3). */
import type { Refusal } from '../service/refusals.js';
import type { GroupView } from './group-view.js';
import { hostOf } from './members.js';

/** A node that has just lost its leadership, or still believes in it, suggests nobody rather than itself. */
export function notLeader(view: Pick<GroupView, 'self' | 'leader'>): Refusal {
  const leader = view.leader();
  const suggested =
    leader === undefined || leader.id === view.self.id ? undefined : { id: leader.node, host: hostOf(leader.address) };
  return { kind: 'not-leader', self: view.self.node, leader: suggested };
}
