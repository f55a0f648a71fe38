/**
 * What to do about a group's state when a node starts: keep it, take it from a copy, or refuse. Pure; carried out by
 * `recovery.ts`. Whatever is chosen, the log holds every entry after it.
 */
import type { LogHead } from './log-heads.js';

/** The live state file as it was found. */
export type FoundState =
  | { readonly kind: 'present'; readonly applied: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' };

export interface FoundFiles {
  readonly state: FoundState;
  /** Indexes of verified files that another node sent. */
  readonly incoming: readonly number[];
  /** Indexes of this node's own copies. */
  readonly snapshots: readonly number[];
}

export type RecoveryPlan =
  | { readonly action: 'keep' }
  /** Nothing was ever applied, or the log still holds everything: an empty state is brought up from it. */
  | { readonly action: 'begin' }
  /** A crash interrupted the installation of a received state: finish it. */
  | { readonly action: 'finish-installation'; readonly index: number }
  /** The live file is gone: take this node's own copy. */
  | { readonly action: 'restore'; readonly index: number }
  | { readonly action: 'refuse'; readonly because: 'damaged' | 'behind-log' | 'ahead-of-log' };

export function planRecovery(
  head: Pick<LogHead, 'cutIndex' | 'lastIndex'> | undefined,
  found: FoundFiles,
): RecoveryPlan {
  const { cutIndex, lastIndex } = head ?? { cutIndex: 0, lastIndex: 0 };
  const { state } = found;
  if (state.kind === 'present' && state.applied > lastIndex) return { action: 'refuse', because: 'ahead-of-log' };
  if (state.kind === 'present' && state.applied >= cutIndex) return { action: 'keep' };
  const newest = (indexes: readonly number[]): number | undefined =>
    indexes.filter((index) => index >= cutIndex && index <= lastIndex).sort((a, b) => b - a)[0];
  const received = newest(found.incoming);
  if (received !== undefined) return { action: 'finish-installation', index: received };
  // A damaged file is never replaced behind the user's back, except by an installation that would have replaced it anyway.
  if (state.kind === 'damaged') return { action: 'refuse', because: 'damaged' };
  const own = newest(found.snapshots);
  if (own !== undefined) return { action: 'restore', index: own };
  return state.kind === 'missing' && cutIndex === 0 ? { action: 'begin' } : { action: 'refuse', because: 'behind-log' };
}
