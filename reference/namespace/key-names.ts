/** Names of keys that no command makes or removes, in any layout: those that snapshots are read by. All others are text as it is. */
import { refusal, Status } from './answers.js';
import type { Answer } from './command.js';

const SNAPSHOTS = '.snapshot';

export function reservedNameFault(name: string): Answer | undefined {
  if (name !== SNAPSHOTS && !name.startsWith(`${SNAPSHOTS}/`)) return undefined;
  return refusal(Status.INVALID_KEY_NAME, `Key names that begin with ${SNAPSHOTS}/ are reserved for snapshots`);
}
