/** Observable: an entry of a listing is what its status says when it is read by itself (NS-FSO-2). */
import type { Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick, show } from './found.js';
import { type FileStatus, fieldsOf, statusIn } from './status-read.js';

export interface EntryRead {
  /** The listing. */
  readonly page: Outcome;
  readonly listed: FileStatus;
  readonly read: Outcome;
}

/** Assertion `entries-agree`: every entry has the fields of its own status. A listing without entries shows nothing. */
export function assertEntriesAgree(pairs: readonly EntryRead[]): void {
  if (pairs.length === 0) throw new Error('no entry to judge');
  for (const { page, listed, read } of pairs) {
    const path = show(listed.keyInfo?.keyName);
    const status = statusIn(read);
    if (status === undefined) throw failure('entries-agree', `the status of ${path}`, describe(read), [page, read]);
    const fields = differingFields(fieldsOf(status), fieldsOf(listed));
    if (fields.length === 0) continue;
    const expected = `${path} listed with ${pick(fieldsOf(status), fields)}`;
    throw failure('entries-agree', expected, pick(fieldsOf(listed), fields), [page, read]);
  }
}
