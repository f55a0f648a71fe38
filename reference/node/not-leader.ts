/** How a node says that it does not lead, and whom it suggests instead (HA-2, HA-3). */
import type { Refusal } from '../service/refusals.js';
import type { GroupView } from './group-view.js';
import { hostOf } from './members.js';

export function notLeader(view: Pick<GroupView, 'self' | 'leader' | 'parts'>): Refusal {
  const suggested = view.parts.suggestLeader(view.self, view.leader());
  return {
    kind: 'not-leader',
    self: view.self.node,
    leader: suggested === undefined ? undefined : { id: suggested.node, host: hostOf(suggested.address) },
  };
}
