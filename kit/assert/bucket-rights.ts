/** Observable: whom a bucket gives every right, which is how it shows who made it (W-10). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { type BucketInfo, bucketIn } from './volume-read.js';

const { OzoneAclType } = hadoop.ozone.OzoneAclInfo;
/** Right ALL, a bit of the first byte. */
const ALL = 0x80;

/** Assertion `bucket-rights`: the read shows a bucket that gives this user every right, or has no entry of the user's. */
export function assertRights(read: Outcome, user: string, gives: 'everything' | 'nothing'): void {
  const info = bucketIn(read);
  const expected = `a bucket that gives ${gives} to ${show(user)}`;
  if (info === undefined) throw failure('bucket-rights', expected, describe(read), [read]);
  const entry = entriesOf(info).find(({ name }) => name === user);
  const given = entry !== undefined && ((entry.rights[0] ?? 0) & ALL) !== 0;
  if (gives === 'everything' ? given : entry === undefined) return;
  const users = entriesOf(info).map(({ name, rights }) => `${show(name)} (${show(rights)})`);
  throw failure('bucket-rights', expected, `a bucket with entries of ${users.join(', ') || 'no user'}`, [read]);
}

function entriesOf({ acls }: BucketInfo) {
  return (acls ?? []).filter(({ type }) => type === OzoneAclType.USER);
}
