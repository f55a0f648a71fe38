/**
 * The one total order in which locks are taken (design §4.5, LE-LOCK-4), and one list without repeats for a command's locks.
 * Pure; who holds what is decided in locks.ts.
 */
import type { Lock } from '../namespace/command.js';

/** What is locked: two locks with equal names meet. */
export function lockName(lock: Lock): string {
  return lock.kind === 'container' ? `${lock.objectId}` : `${lock.parentObjectId}/${lock.name}`;
}

/** By object id; an object's container before the slots in it; slots by name, bytewise as far as JavaScript strings order. */
export function compareLocks(left: Lock, right: Lock): number {
  const leftId = owner(left);
  const rightId = owner(right);
  if (leftId !== rightId) return leftId < rightId ? -1 : 1;
  if (left.kind === 'container') return right.kind === 'container' ? 0 : -1;
  if (right.kind === 'container') return 1;
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

/** The locks in order, each once; a container asked for in both ways is exclusive. */
export function orderedLocks(locks: readonly Lock[]): readonly Lock[] {
  if (locks.length < 2) return locks;
  const ordered: Lock[] = [];
  for (const lock of [...locks].sort(compareLocks)) {
    const last = ordered.at(-1);
    if (last === undefined || compareLocks(last, lock) !== 0) ordered.push(lock);
    else if (isExclusive(lock)) ordered[ordered.length - 1] = lock;
  }
  return ordered;
}

/** Slots always stand alone. */
export function isExclusive(lock: Lock): boolean {
  return lock.kind === 'slot' || lock.mode === 'exclusive';
}

function owner(lock: Lock): bigint {
  return lock.kind === 'container' ? lock.objectId : lock.parentObjectId;
}
