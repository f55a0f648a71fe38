import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { FileWorld } from '../../test/file-world.js';
import { BucketLayoutProto, keyArgs, Status, statusName, Type } from '../../test/world.js';

const { OBJECT_STORE, FILE_SYSTEM_OPTIMIZED, LEGACY } = BucketLayoutProto;
const { OzoneAclScope, OzoneAclType } = hadoop.ozone.OzoneAclInfo;

describe.each([
  ['FILE_SYSTEM_OPTIMIZED', FILE_SYSTEM_OPTIMIZED],
  ['OBJECT_STORE', OBJECT_STORE],
  ['LEGACY', LEGACY],
] as const)('CreateDirectory in a bucket of layout %s', (_name, layout) => {
  let world: FileWorld;
  beforeEach(() => {
    world = new FileWorld(layout);
  });

  it('makes the parents that are missing (NS-FSO-1)', () => {
    expect(world.mkdir('a/b/c')).toBe('OK');
    expect(['a', 'a/b', 'a/b/c'].map((name) => world.kind(name))).toEqual(['dir', 'dir', 'dir']);
    expect(world.usage()).toEqual({ bytes: 0n, entries: 3n });
    expect(world.mkdir('a/b/d/e')).toBe('OK');
    expect(world.usage()).toEqual({ bytes: 0n, entries: 5n });
    expect(new Set(['a', 'a/b', 'a/b/c', 'a/b/d', 'a/b/d/e'].map((name) => world.record(name).objectID)).size).toBe(5);
  });

  it.each(['a', 'a/b', 'a/b/'])('leaves the directory %j as it is', (name) => {
    world.mkdir('a/b');
    const before = world.state.dump();
    const answer = world.run(Type.CreateDirectory, { createDirectoryRequest: { keyArgs: keyArgs(name) } });
    expect(answer).toMatchObject({
      status: Status.DIRECTORY_ALREADY_EXISTS,
      body: { createDirectoryResponse: {} },
    });
    expect(world.state.dump()).toEqual(before);
  });

  it.each(['f', 'f/', 'f/d', 'f/d/e'])('is refused where %j would take the place of the file f', (name) => {
    world.touch('f');
    const before = world.state.dump();
    expect(world.mkdir(name)).toBe('FILE_ALREADY_EXISTS');
    expect(world.state.dump()).toEqual(before);
  });

  it('knows the root', () => {
    expect(world.mkdir('')).toBe('CANNOT_CREATE_DIRECTORY_AT_ROOT');
    expect(world.kind('')).toBe('dir');
  });

  it('refuses names that no key gets', () => {
    expect(world.mkdir('.snapshot/a')).toBe('INVALID_KEY_NAME');
    expect(world.mkdir('a\0b')).toBe('INVALID_PATH');
  });

  it('makes as many as one plan has ids for, and not one more', () => {
    const path = (depth: number): string => Array.from({ length: depth }, () => 'd').join('/');
    expect(world.mkdir(path(257))).toBe('INVALID_KEY_NAME');
    expect(world.usage().entries).toBe(0n);
    expect(world.mkdir(path(256))).toBe('OK');
    expect(world.usage().entries).toBe(256n);
    expect(world.mkdir(path(257))).toBe('OK');
  });

  it('respects the quota for all that it makes (NS-QTA-2)', () => {
    world.createBucket('vol', 'small', { bucketLayout: layout, quotaInNamespace: 2n });
    const mkdir = (keyName: string): string => {
      const args = { ...keyArgs(keyName), bucketName: 'small' };
      return statusName(world.run(Type.CreateDirectory, { createDirectoryRequest: { keyArgs: args } }));
    };
    expect(mkdir('a/b/c')).toBe('QUOTA_EXCEEDED');
    expect(world.usage('small').entries).toBe(0n);
    expect(mkdir('a/b')).toBe('OK');
    expect(mkdir('a')).toBe('DIRECTORY_ALREADY_EXISTS');
    expect(mkdir('c')).toBe('QUOTA_EXCEEDED');
  });

  it('keeps the bucket from being deleted (NS-BKT-5)', () => {
    world.mkdir('a');
    expect(statusName(world.deleteBucket('vol', 'bucket'))).toBe('BUCKET_NOT_EMPTY');
  });
});

describe('a path in a tree', () => {
  it.each(['/a/b', 'a//b', '//a/b//'])('is the same however many slashes it has: %j', (name) => {
    const world = new FileWorld();
    world.mkdir('a/b');
    expect(world.mkdir(name)).toBe('DIRECTORY_ALREADY_EXISTS');
    expect(world.kind(name)).toBe('dir');
  });

  it('is no root with slashes alone', () => {
    expect(new FileWorld().mkdir('//')).toBe('CANNOT_CREATE_DIRECTORY_AT_ROOT');
  });
});

describe('the record of a directory', () => {
  const passedOn = {
    type: OzoneAclType.GROUP,
    name: 'staff',
    rights: Buffer.from([0x01]),
    aclScope: OzoneAclScope.DEFAULT,
  };

  it('says whose it is and whose child, and passes on what it took over', () => {
    const world = new FileWorld();
    world.user = 'alice';
    world.createBucket('vol', 'shared', { bucketLayout: FILE_SYSTEM_OPTIMIZED, acls: [passedOn] });
    const inShared = (keyName: string) => keyArgs(keyName, { bucketName: 'shared', ownerName: 'bob' });
    world.run(Type.CreateDirectory, { createDirectoryRequest: { keyArgs: inShared('a/b') } });
    const status = (keyName: string) =>
      world.run(Type.GetFileStatus, { getFileStatusRequest: { keyArgs: inShared(keyName) } }).body.getFileStatusResponse
        ?.status;
    const bucketId = world.bucket('vol', 'shared')?.objectID;
    const parent = status('a')?.keyInfo;
    expect(parent).toMatchObject({ keyName: 'a', parentID: bucketId, ownerName: 'bob', isFile: false, dataSize: 0n });
    expect(status('a/b')).toMatchObject({
      isDirectory: true,
      blockSize: 256n << 20n,
      keyInfo: { keyName: 'a/b', parentID: parent?.objectID },
    });
    const rights = Buffer.from([0x80]);
    const own = { type: OzoneAclType.USER, name: 'alice', rights, aclScope: OzoneAclScope.ACCESS };
    expect(parent?.acls).toEqual([own, passedOn]);
    const created = world.createKey('a/b/g', { bucketName: 'shared' }).body.createKeyResponse?.keyInfo;
    const scopes = (created?.acls ?? []).map(({ name, aclScope }) => [name, aclScope]);
    expect(scopes).toContainEqual(['staff', OzoneAclScope.ACCESS]);
    expect(scopes).not.toContainEqual(['staff', OzoneAclScope.DEFAULT]);
  });
});
