/**
 * Carries out one log entry on the state, remembers its call, and says what position follows (LE-APPLY-1..3). The same entry
 * on the same state does the same on every node: no clock, no identity, no command is asked. When several entries share a
 * transaction, and who tells the callers, is the node's to decide.
 */
import type { LogEntry } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import type { Operation } from '../namespace/command.js';
import type { AppliedPosition, StateTransaction } from '../storage/state-store.js';
import { rollDigest } from './digest.js';
import { decodeEntry, type EnteredTransition } from './entry-codec.js';
import { mergedValue } from './merge.js';
import { callKey, remember } from './remembered-calls.js';

/**
 * Answers the position after `entry`. Entries without data (a leader opens its term) and membership changes move the index
 * and the digest; the membership itself is the caller's to set.
 *
 * Throws `ENTRY_OUT_OF_ORDER`, `ENTRY_UNDECODABLE`, `ENTRY_NEWER_ENVELOPE`, `ENTRY_UNKNOWN_OPERATION`, `MERGE_FAILED`, and what
 * the transaction throws (`UNKNOWN_TABLE`). The caller then rolls back, so that the index does not move (LE-APPLY-5).
 */
export function applyEntry(transaction: StateTransaction, position: AppliedPosition, entry: LogEntry): AppliedPosition {
  if (entry.index !== position.index + 1) {
    throw new ReferenceFailure(
      'ENTRY_OUT_OF_ORDER',
      `entry ${entry.index} came after entry ${position.index} was applied`,
    );
  }
  const transitions = inForce(entry);
  const operations = transitions.flatMap((transition) => transition.operations);
  for (const transition of transitions) {
    for (const operation of transition.operations) carryOut(transaction, operation, entry.index);
    rememberCall(transaction, transition);
  }
  return {
    index: entry.index,
    term: entry.term,
    managedIndex: highestId(position.managedIndex, transitions),
    digest: rollDigest(position.digest, entry.index, operations),
    membership: position.membership,
  };
}

/** The steps of an entry that take effect: none when it was planned in another term than it stands in (LE-PLAN-5). */
function inForce(entry: LogEntry): readonly EnteredTransition[] {
  if (entry.type !== 0 || entry.data.length === 0) return [];
  const term = BigInt(entry.term);
  return decodeEntry(entry.data, entry.index).filter(({ planTerm }) => planTerm === term);
}

function highestId(before: bigint, transitions: readonly EnteredTransition[]): bigint {
  let highest = before;
  for (const { managedIndex } of transitions) if (managedIndex > highest) highest = managedIndex;
  return highest;
}

/**
 * What the caller of a named call was told is kept with what the call did, for refused ones too (LE-RETRY-1, LE-PLAN-3). The row
 * follows from the entry alone; what it drops of older ones stands among its operations (LE-RETRY-4).
 */
function rememberCall(transaction: StateTransaction, transition: EnteredTransition): void {
  const { clientId, callId, requestDigest, planTimeMs, response } = transition;
  if (clientId === '' || callId === undefined || requestDigest === undefined || response === undefined) return;
  remember(transaction, callKey(clientId, callId), { planTimeMs, requestDigest, response });
}

function carryOut(transaction: StateTransaction, operation: Operation, index: number): void {
  switch (operation.kind) {
    case 'put':
      transaction.put(operation.table, operation.key, operation.value);
      return;
    case 'delete':
      transaction.delete(operation.table, operation.key);
      return;
    case 'merge': {
      const present = transaction.get(operation.table, operation.key);
      transaction.put(operation.table, operation.key, mergedValue(present, operation, index));
      return;
    }
    case 'checkpoint':
      throw new ReferenceFailure(
        'ENTRY_UNKNOWN_OPERATION',
        `entry ${index} has a CHECKPOINT, which this version cannot carry out`,
      );
  }
}
