/** What GetStatus says of a group: nothing where this node is no member of it. */
import type { GroupState } from '../service/control-port.js';
import type { Runtime } from './runtime.js';

export function groupStates(runtime: Runtime): readonly GroupState[] {
  return runtime.replica.standing() === 'outside' ? [] : [groupState(runtime)];
}

function groupState({ members, replica, snapshots, self }: Runtime): GroupState {
  const { role, term, lastIndex, commit } = replica.raft.position();
  const { index, membership } = replica.position;
  const learner = replica.standing() === 'learner';
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
    member: self.id,
    voters: members.nodesOf(membership.voters),
    learners: members.nodesOf(membership.learners),
  };
}
