/**
 * Who may answer an Msync, and with which index: pure decisions (FR-MSYNC-1, FR-MSYNC-2). An Msync asks the leader how far its
 * group has come; unless a quorum confirms now that it leads, nobody may say so (FR-MSYNC-3).
 */

export type MsyncAdmission = 'confirm' | 'not-leader' | 'leader-not-ready';

export function admitMsync(view: { readonly leader: boolean; readonly ready: boolean }): MsyncAdmission {
  if (!view.leader) return 'not-leader';
  return view.ready ? 'confirm' : 'leader-not-ready';
}

/**
 * The confirmed read index is at or above everything that any node had applied when the question came. This node need not have
 * applied it: a read that follows waits for it. Never less than its own state, which the trailer tells.
 */
export function msyncIndex(confirmedIndex: number, appliedIndex: number): number {
  return Math.max(confirmedIndex, appliedIndex);
}
