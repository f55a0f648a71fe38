/**
 * The namespace as histories see it, written from the rules (NS-*): for each call what it does to the state, and whether it can have
 * ended as it did. What runs when is the checker's business.
 */
import { type HistoryCall, isRead } from '../call.js';
import type { Answer, Step } from './answer.js';
import { deleteKeys } from './batch.js';
import { createBucket, deleteBucket, readBucket } from './bucket.js';
import { commitKey, deleteKey, openKey, readKey } from './key.js';
import { listBuckets, listKeys } from './listing.js';
import type { Registers } from './registers.js';
import { renameKey } from './rename.js';
import { createVolume, deleteVolume, readVolume, setOwner } from './volume.js';

/** @param sessionMayBeGone of a commit: its bucket may have been deleted since its session was opened */
export function stepOf({ operation, outcome }: HistoryCall, registers: Registers, sessionMayBeGone: boolean): Step {
  const answer: Answer = outcome.kind === 'answered' ? outcome : undefined;
  switch (operation.kind) {
    case 'create-volume':
      return createVolume(operation, answer, registers);
    case 'set-owner':
      return setOwner(operation, answer, registers);
    case 'read-volume':
      return readVolume(operation, answer, registers);
    case 'delete-volume':
      return deleteVolume(operation, answer, registers);
    case 'create-bucket':
      return createBucket(operation, answer, registers);
    case 'read-bucket':
      return readBucket(operation, answer, registers);
    case 'delete-bucket':
      return deleteBucket(operation, answer, registers);
    case 'list-buckets':
      return listBuckets(operation, answer, registers);
    case 'open-key':
      return openKey(operation, answer, registers);
    case 'commit-key':
      return commitKey(operation, answer, registers, sessionMayBeGone);
    case 'read-key':
    case 'look-up-key':
      return readKey(operation, answer, registers);
    case 'delete-key':
      return deleteKey(operation, answer, registers);
    case 'rename-key':
      return renameKey(operation, answer, registers);
    case 'delete-keys':
      return deleteKeys(operation, answer, registers);
    case 'list-keys':
    case 'list-keys-light':
      return listKeys(operation, answer, registers);
  }
}

/** Whether a call had no effect, whatever the state was: a read, the opening of a session, or a write that was refused. */
export function isWithoutEffect({ operation, outcome }: HistoryCall): boolean {
  if (isRead(operation) || operation.kind === 'open-key') return true;
  switch (outcome.kind) {
    case 'failed':
      return true;
    case 'unknown':
      return false;
    case 'answered':
      return outcome.status !== 'OK' && outcome.status !== 'PARTIAL_DELETE';
  }
}
