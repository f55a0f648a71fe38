/**
 * Access control lists of a new volume or bucket: what the request lists, checked, and what Apache Ozone adds to it
 * (docs/observations/ozone-2.2.0-volumes.md). They are stored and shown; nothing here decides who may do what.
 */
import { hadoop } from '#proto';
import type { Plain } from '../wire/plain.js';

export type Acl = Plain<hadoop.ozone.OzoneAclInfo.$Properties>;

const { OzoneAclType, OzoneAclScope } = hadoop.ozone.OzoneAclInfo;

/** Right ALL: bit 7 of the first byte; lower bits are READ, WRITE, CREATE, LIST, DELETE, READ_ACL and WRITE_ACL. */
const ALL = 0x80;

export function allRightsOf(user: string): Acl {
  return { type: OzoneAclType.USER, name: user, rights: Uint8Array.of(ALL), aclScope: OzoneAclScope.ACCESS };
}

/** What is wrong with a list from a request; undefined when it is good. Upstream stops the node on such lists. */
export function aclFault(acls: readonly Acl[]): string | undefined {
  for (const acl of acls) {
    const expected = fixedName(acl);
    if (expected === undefined) {
      if (acl.name === '') return 'an access control entry of a user, group or address must have a name';
    } else if (acl.name !== '' && acl.name !== expected) {
      return `an access control entry for everybody must be named ${expected} or nothing, found "${acl.name}"`;
    }
  }
  return undefined;
}

/** Entries for everybody have one name only, which requests may leave empty. */
export function withFixedNames(acls: readonly Acl[]): Acl[] {
  return acls.map((acl) => ({ ...acl, name: fixedName(acl) ?? acl.name }));
}

function fixedName(acl: Acl): string | undefined {
  switch (acl.type) {
    case OzoneAclType.WORLD:
      return 'WORLD';
    case OzoneAclType.ANONYMOUS:
      return 'ANONYMOUS';
    case OzoneAclType.USER:
    case OzoneAclType.GROUP:
    case OzoneAclType.CLIENT_IP:
      return undefined;
  }
}

/** Adds one entry: its rights go to the entry for the same name and scope where there is one, else it comes last. */
export function addAcl(acls: readonly Acl[], added: Acl): Acl[] {
  const at = acls.findIndex(
    (acl) => acl.type === added.type && acl.name === added.name && acl.aclScope === added.aclScope,
  );
  const present = acls[at];
  if (present === undefined) return [...acls, added];
  return acls.with(at, { ...present, rights: union(present.rights, added.rights) });
}

/** The entries that a bucket takes over from its volume: those of scope DEFAULT, which then hold for the bucket itself. */
export function inheritAcls(acls: readonly Acl[], fromVolume: readonly Acl[]): Acl[] {
  return fromVolume
    .filter((acl) => acl.aclScope === OzoneAclScope.DEFAULT)
    .reduce<Acl[]>((all, acl) => addAcl(all, { ...acl, aclScope: OzoneAclScope.ACCESS }), [...acls]);
}

/**
 * The entries of a new key: the user's own, those of the request as they are, and what the bucket passes on. Upstream joins only
 * the last with equal ones.
 */
export function newKeyAcls(user: string, asked: readonly Acl[], bucket: readonly Acl[]): Acl[] {
  const own = [allRightsOf(user), ...withFixedNames(asked)];
  const distinct = new Map(inheritAcls(own, bucket).map((acl) => [identity(acl), acl]));
  return [...distinct.values()];
}

/** The entries of a new directory: as a key's, but what it takes over from `parent` it passes on itself. */
export function newDirectoryAcls(user: string, asked: readonly Acl[], parent: readonly Acl[]): Acl[] {
  const inherited = parent
    .filter((acl) => acl.aclScope === OzoneAclScope.DEFAULT)
    .reduce<Acl[]>(addAcl, [allRightsOf(user)]);
  const distinct = new Map([...inherited, ...withFixedNames(asked)].map((acl) => [identity(acl), acl]));
  return [...distinct.values()];
}

function identity({ type, name, rights, aclScope }: Acl): string {
  return `${type} ${aclScope} ${Buffer.from(rights).toString('hex')} ${name}`;
}

function union(left: Uint8Array, right: Uint8Array): Uint8Array {
  const rights = new Uint8Array(Math.max(left.length, right.length));
  for (let index = 0; index < rights.length; index += 1) rights[index] = (left[index] ?? 0) | (right[index] ?? 0);
  return rights;
}
