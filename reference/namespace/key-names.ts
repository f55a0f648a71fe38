/** Names that no key gets, in any layout: those that snapshots are read by, and no text at all. All others are kept as they are. */
import { refusal, Status } from './answers.js';
import type { Answer } from './command.js';

const SNAPSHOTS = '.snapshot';

export function reservedNameFault(name: string): Answer | undefined {
  if (name !== SNAPSHOTS && !name.startsWith(`${SNAPSHOTS}/`)) return undefined;
  return refusal(Status.INVALID_KEY_NAME, `Key names that begin with ${SNAPSHOTS}/ are reserved for snapshots`);
}

/** What is wrong with a new name besides. */
export function nameFault(name: string): Answer | undefined {
  return name.includes('\0') ? refusal(Status.INVALID_PATH, 'A key name has no NUL character') : undefined;
}

/** Reads know no snapshots yet: each is like one that is not there. */
export function snapshotFault(name: string): Answer | undefined {
  if (!name.startsWith(`${SNAPSHOTS}/`)) return undefined;
  return refusal(Status.FILE_NOT_FOUND, `There is no snapshot for ${name}`);
}
