/** What a node may do for a group by its role: pure decisions over a small view (HA-2, HA-4). */
import type { RaftRole } from '../consensus/raft-group.js';
import type { Member } from './members.js';

export interface RoleView {
  readonly role: RaftRole;
  readonly term: number;
  /** Term of the last entry that was applied here. */
  readonly appliedTerm: number;
}

/** A leader answers for the group once it has applied an entry of its own term: then it has applied all earlier ones (HA-4). */
export function isReady(view: RoleView): boolean {
  return view.role === 'leader' && view.appliedTerm === view.term;
}

export type WriteAdmission = 'admit' | 'not-leader' | 'leader-not-ready';

export function admitWrite(view: RoleView, ready: boolean): WriteAdmission {
  if (view.role !== 'leader') return 'not-leader';
  return ready ? 'admit' : 'leader-not-ready';
}

/** What became of a write that this node proposed, seen from the entry that was applied at its index. */
export function writeOutcome(proposedTerm: number, appliedTerm: number): 'applied' | 'lost' {
  return proposedTerm === appliedTerm ? 'applied' : 'lost';
}

/** Whom a node that may not answer suggests instead: the leader it knows, never itself (HA-3). */
export function suggestLeader(self: Member, leader: Member | undefined): Member | undefined {
  return leader === undefined || leader.node === self.node ? undefined : leader;
}

export interface LogView {
  readonly appliedIndex: number;
  readonly snapshotIndex: number;
  readonly logBytes: number;
}

/** Whether it is time to take a state snapshot, so that the log can be cut. */
export function snapshotDue(view: LogView, limits: { readonly entries: number; readonly bytes: number }): boolean {
  const entries = view.appliedIndex - view.snapshotIndex;
  return entries >= limits.entries || (entries > 0 && view.logBytes >= limits.bytes);
}
