/** Turns a group's status from the wire into the kit's own shape; an absent proto3 field is its zero. */
import { om } from '#proto';
import type { Plain } from '../wire/plain.js';
import { printable } from '../wire/text.js';
import type { GroupStatus } from './control.js';

const { Role } = om.conformance.v1.GroupStatus;

export type StatusProto = Plain<om.conformance.v1.GetStatusResponse.$Properties>;
type GroupProto = Plain<om.conformance.v1.GroupStatus.$Properties>;

/** @throws Error when the role is one that does not exist */
export function groupStatusOf(group: GroupProto): GroupStatus {
  return {
    group: printable(group.group ?? '', 64),
    role: roleOf(group),
    term: group.term ?? 0n,
    leader: group.leader ? printable(group.leader, 128) : undefined,
    lastLogIndex: group.last_log_index ?? 0n,
    commitIndex: group.commit_index ?? 0n,
    appliedIndex: group.applied_index ?? 0n,
    snapshotIndex: group.snapshot_index ?? 0n,
    ready: group.ready ?? false,
    applyPaused: group.apply_paused ?? false,
    member: group.member ?? 0n,
    voters: (group.voters ?? []).map((node) => printable(node, 128)),
    learners: (group.learners ?? []).map((node) => printable(node, 128)),
  };
}

function roleOf(group: GroupProto): GroupStatus['role'] {
  switch (group.role) {
    case Role.FOLLOWER:
      return 'follower';
    case Role.CANDIDATE:
      return 'candidate';
    case Role.LEADER:
      return 'leader';
    case Role.LEARNER:
      return 'learner';
    default:
      throw new Error(`group "${printable(group.group ?? '', 64)}" has role ${group.role ?? 0}, which does not exist`);
  }
}
