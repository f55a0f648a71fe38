/** What GetStatus says of a group. */
import type { GroupState } from '../service/control-port.js';
import type { Runtime } from './runtime.js';

export function groupState({ replica, snapshots, self }: Runtime): GroupState {
  const { role, term, lastIndex, commit } = replica.raft.position();
  const { index, membership } = replica.position;
  const learner = membership.learners.includes(self.id);
  return {
    group: replica.group,
    role: role === 'precandidate' ? 'candidate' : role === 'follower' && learner ? 'learner' : role,
    term,
    leader: replica.leader()?.node,
    lastLogIndex: lastIndex,
    commitIndex: commit,
    appliedIndex: index,
    snapshotIndex: snapshots.index,
    ready: replica.parts.isReady(replica.role()),
    applyPaused: replica.apply.paused,
  };
}
