/** What goes with a bucket besides itself: the sessions that are open in it, whose commits find nothing any more. */
import type { StateView, TableName } from '../storage/state-store.js';
import type { Operation } from './command.js';
import { idKey } from './tables.js';

/** Bound on what one plan removes; sessions beyond it stay in the table, where nothing finds them any more. */
const MAX_SESSIONS_REMOVED = 10_000;

export function removedSessions(view: StateView, sessions: TableName, parentId: bigint): readonly Operation[] {
  const rows = view.scan(sessions, { prefix: idKey(parentId), limit: MAX_SESSIONS_REMOVED });
  return [...rows].map(([key]) => ({ kind: 'delete', table: sessions, key }));
}
