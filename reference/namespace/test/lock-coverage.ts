/**
 * Whether a plan stays inside its locks: whoever changes a row of a key, session or directory holds the slot of its name, or
 * what it is in alone (design §4.5, LE-LOCK-1). Counters are merged and need no lock; volumes and buckets have tests of their own.
 */
import type { Lock, Operation } from '../command.js';

/** Tables whose rows are object id ‖ name, and how many bytes follow the name. */
const TAIL = new Map([
  ['key', 0],
  ['file', 0],
  ['directory', 0],
  ['openKey', 8],
  ['openFile', 8],
]);

/** The rows that `operations` change without a lock, for a message. What the plan made itself, from `objectId` on, nobody else has. */
export function unlockedRows(
  locks: readonly Lock[],
  operations: readonly Operation[],
  objectId: bigint,
): readonly string[] {
  const held = new Set(
    locks.flatMap((lock) => {
      if (lock.kind === 'slot') return [`${lock.parentObjectId}/${lock.name}`];
      return lock.mode === 'exclusive' ? [`${lock.objectId}`] : [];
    }),
  );
  return operations.flatMap((operation) => {
    const tail = operation.kind === 'checkpoint' ? undefined : TAIL.get(operation.table);
    if (tail === undefined || operation.kind === 'checkpoint') return [];
    const row = Buffer.from(operation.key);
    const parent = row.readBigUInt64BE();
    const name = row.toString('utf8', 8, row.length - tail);
    const own = parent >> 8n === objectId >> 8n;
    return own || held.has(`${parent}`) || held.has(`${parent}/${name}`)
      ? []
      : [`${operation.table} ${parent}/${name}`];
  });
}
