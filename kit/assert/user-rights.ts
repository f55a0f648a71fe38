/** Observable: whom a bucket, key or directory gives every right, which is how it shows who made it (W-10). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import type { Plain } from '../wire/plain.js';
import { describe, failure, show } from './found.js';
import { bucketIn } from './volume-read.js';

type Acl = Plain<hadoop.ozone.OzoneAclInfo.$Properties>;
const { OzoneAclType } = hadoop.ozone.OzoneAclInfo;
/** Right ALL, a bit of the first byte. */
const ALL = 0x80;

/** Assertion `user-rights`: the read shows something that gives this user every right, or has no entry of the user's. */
export function assertRights(read: Outcome, user: string, gives: 'everything' | 'nothing'): void {
  const acls = aclsIn(read);
  const expected = `${gives} given to ${show(user)}`;
  if (acls === undefined) throw failure('user-rights', expected, describe(read), [read]);
  const users = acls.filter(({ type }) => type === OzoneAclType.USER);
  const entry = users.find(({ name }) => name === user);
  const all = entry !== undefined && ((entry.rights[0] ?? 0) & ALL) !== 0;
  if (gives === 'everything' ? all : entry === undefined) return;
  const found = users.map(({ name, rights }) => `${show(name)} (${show(rights)})`);
  throw failure('user-rights', expected, `entries of ${found.join(', ') || 'no user'}`, [read]);
}

/** The access list that a read shows; undefined where it shows nothing that has one. */
function aclsIn(read: Outcome): readonly Acl[] | undefined {
  const bucket = bucketIn(read);
  if (bucket !== undefined) return bucket.acls ?? [];
  if (read.kind !== 'answered' || read.response.status !== hadoop.ozone.Status.OK) return undefined;
  const { GetKeyInfoResponse, getFileStatusResponse } = read.response;
  const key = GetKeyInfoResponse?.keyInfo ?? getFileStatusResponse?.status?.keyInfo;
  return key && (key.acls ?? []);
}
