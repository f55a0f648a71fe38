import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { type Acl, aclFault, addAcl, allRightsOf, inheritAcls, withFixedNames } from './acls.js';

const { OzoneAclType, OzoneAclScope } = hadoop.ozone.OzoneAclInfo;

function acl(type: keyof typeof OzoneAclType, name: string, rights: number[], scope: keyof typeof OzoneAclScope): Acl {
  return { type: OzoneAclType[type], name, rights: Uint8Array.from(rights), aclScope: OzoneAclScope[scope] };
}

function shown(acls: readonly Acl[]): readonly string[] {
  return acls.map(
    ({ type, name, rights, aclScope }) =>
      `${OzoneAclType[type]}:${name}:${Buffer.from(rights).toString('hex')}:${OzoneAclScope[aclScope]}`,
  );
}

describe('the entries of a new object', () => {
  it('get the owner, last', () => {
    expect(shown(addAcl([acl('USER', 'u', [3], 'ACCESS')], allRightsOf('own')))).toEqual([
      'USER:u:03:ACCESS',
      'USER:own:80:ACCESS',
    ]);
  });

  it('join the rights of one name and scope', () => {
    expect(shown(addAcl([acl('USER', 'own', [1], 'ACCESS')], allRightsOf('own')))).toEqual(['USER:own:81:ACCESS']);
    expect(shown(addAcl([acl('USER', 'u', [1, 1], 'ACCESS')], acl('USER', 'u', [2], 'ACCESS')))).toEqual([
      'USER:u:0301:ACCESS',
    ]);
  });

  it('keep the scopes apart', () => {
    expect(shown(addAcl([acl('USER', 'own', [1], 'DEFAULT')], allRightsOf('own')))).toEqual([
      'USER:own:01:DEFAULT',
      'USER:own:80:ACCESS',
    ]);
  });

  it('take over the default entries of the volume, and no others', () => {
    const volume = [
      acl('USER', 'u', [2], 'DEFAULT'),
      acl('GROUP', 'g', [4], 'DEFAULT'),
      acl('USER', 'x', [8], 'ACCESS'),
    ];
    expect(shown(inheritAcls([acl('USER', 'u', [1], 'ACCESS')], volume))).toEqual([
      'USER:u:03:ACCESS',
      'GROUP:g:04:ACCESS',
    ]);
  });

  it('name everybody by the one name there is', () => {
    expect(shown(withFixedNames([acl('WORLD', '', [8], 'ACCESS'), acl('ANONYMOUS', '', [1], 'ACCESS')]))).toEqual([
      'WORLD:WORLD:08:ACCESS',
      'ANONYMOUS:ANONYMOUS:01:ACCESS',
    ]);
  });
});

describe('a list from a request', () => {
  it.each([
    [acl('USER', 'u', [1], 'ACCESS'), undefined],
    [acl('WORLD', 'WORLD', [1], 'ACCESS'), undefined],
    [acl('WORLD', 'any', [1], 'ACCESS'), /named WORLD/],
    [acl('ANONYMOUS', 'WORLD', [1], 'ACCESS'), /named ANONYMOUS/],
    [acl('USER', '', [1], 'ACCESS'), /must have a name/],
    [acl('CLIENT_IP', '', [1], 'ACCESS'), /must have a name/],
  ])('%j', (entry, fault) => {
    const found = aclFault([entry]);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });
});
