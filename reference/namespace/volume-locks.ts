/**
 * How commands lock volumes (design §4.5). Whoever depends on whether a name is taken holds its slot in the root; whoever
 * depends on a volume that is there holds its container: shared to work inside it, alone to change or remove it.
 */
import type { Lock } from './command.js';
import type { Volume } from './records.js';

/** Parent of all volumes. */
export const ROOT = 0n;

export function volumeSlot(name: string): Lock {
  return { kind: 'slot', parentObjectId: ROOT, name };
}

export function container(objectId: bigint, mode: 'shared' | 'exclusive'): Lock {
  return { kind: 'container', objectId, mode };
}

/** To make or remove the volume of this name. */
export function volumeNameLocks(name: string): readonly Lock[] {
  return [container(ROOT, 'shared'), volumeSlot(name)];
}

/** To use a volume: its container, or the slot of its name when it is missing, so that it stays so until the plan applies. */
export function volumeLocks(volume: Volume | undefined, name: string, mode: 'shared' | 'exclusive'): readonly Lock[] {
  return volume === undefined ? volumeNameLocks(name) : [container(volume.objectId, mode)];
}
