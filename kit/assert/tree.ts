/** Observable: every part of a tree stays as it was, or moves with the directory that it is in (NS-FSO-3, NS-FSO-4, NS-FSO-5). */

import { childrenOf } from '../scenario/known-tree.js';
import type { EntryLook } from '../scenario/tree.js';
import type { Outcome } from '../wire/outcome.js';
import { assertChildren } from './children.js';
import { describe, differingFields, failure, pick, show } from './found.js';
import { contentOf } from './key-read.js';
import { type FileStatus, fieldsOf, statusIn } from './status-read.js';

/** Assertion `tree-unchanged`: each entry reads as it was, in every field. `directory-content`: each directory lists what it held. */
export function assertTreeUnchanged(looks: readonly EntryLook[]): void {
  compareAll('tree-unchanged', looks, (before, now) => differingFields(fieldsOf(before), fieldsOf(now)), fieldsOf);
  assertListings(looks);
}

/**
 * Assertion `tree-moved`: each entry is at its new path the file or directory that it was, with its objectID and content.
 * `directory-content`: each directory lists there what it held.
 */
export function assertTreeMoved(looks: readonly EntryLook[]): void {
  compareAll('tree-moved', looks, (before, now) => differingFields(essence(before), essence(now)), essence);
  assertListings(looks);
}

/** What goes with an entry wherever it goes. */
function essence(status: FileStatus): object {
  const { keyInfo, isDirectory } = status;
  return {
    isDirectory: isDirectory === true,
    objectID: keyInfo?.objectID,
    content: keyInfo == null ? undefined : contentOf(keyInfo),
  };
}

function compareAll(
  assertion: string,
  looks: readonly EntryLook[],
  differing: (before: FileStatus, now: FileStatus) => readonly string[],
  shown: (status: FileStatus) => object,
): void {
  if (looks.length === 0) throw new Error('no part of a tree to judge');
  for (const { entry, path, status } of looks) {
    const before = knownStatus(entry.before);
    const now = statusIn(status);
    if (now === undefined) throw failure(assertion, `${show(path)} as it was`, describe(status), [status]);
    const fields = differing(before, now);
    if (fields.length === 0) continue;
    const expected = `${show(path)} as it was, with ${pick(shown(before), fields)}`;
    throw failure(assertion, expected, pick(shown(now), fields), [entry.before, status]);
  }
}

/** What each directory held is known from what was made; a name stays the same when what it is in moves. */
function assertListings(looks: readonly EntryLook[]): void {
  const entries = looks.map(({ entry }) => entry);
  for (const { entry, path, listing } of looks) {
    if (listing !== undefined) assertChildren({ folder: path, pages: [listing] }, childrenOf(entries, entry.path));
  }
}

function knownStatus(before: Outcome): FileStatus {
  const status = statusIn(before);
  if (status === undefined) throw new Error('a tree was remembered by a read that showed nothing');
  return status;
}
