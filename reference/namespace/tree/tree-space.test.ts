import { beforeEach, describe, expect, it } from 'vitest';
import { FileWorld } from '../test/file-world.js';
import { keyArgs, Status, statusName, Type } from '../test/world.js';

let world: FileWorld;
beforeEach(() => {
  world = new FileWorld();
});

describe('CreateKey in a tree', () => {
  it('makes the directories that its path lacks, at once (LE-STEP-1)', () => {
    const id = world.openKey('a/b/f');
    expect(world.kind('a/b')).toBe('dir');
    expect(world.kind('a/b/f')).toBe('FILE_NOT_FOUND');
    expect(world.usage().entries).toBe(2n);
    expect(statusName(world.commitKey('a/b/f', id))).toBe('OK');
    expect(world.usage().entries).toBe(3n);
    expect(world.record('a/b/f').parentID).toBe(world.record('a/b').objectID);
  });

  it('takes the path for what it means', () => {
    world.touch('/a//./b/../f/');
    expect(world.names()).toEqual(['a/', 'a/f']);
    expect(world.createKey('g/').body.createKeyResponse?.keyInfo?.keyName).toBe('g');
  });

  it.each(['', '/', '..', 'a/../..', 'a:b'])('refuses the name %j', (name) => {
    expect(statusName(world.createKey(name))).toBe('INVALID_KEY_NAME');
  });

  it('takes no directory for a file, and leads through none', () => {
    world.mkdir('d');
    world.touch('f');
    expect(statusName(world.createKey('d'))).toBe('NOT_A_FILE');
    expect(statusName(world.createKey('f/g'))).toBe('NOT_A_FILE');
    expect(statusName(world.createKey('f/g/h'))).toBe('NOT_A_FILE');
  });

  it.each(['d', 'f/g'])('expects no generation of what is no key: %s', (name) => {
    world.mkdir('d');
    world.touch('f');
    expect(statusName(world.createKey(name, { expectedDataGeneration: 7n }))).toBe('KEY_NOT_FOUND');
    expect(statusName(world.createKey(name, { expectedDataGeneration: 0n }))).toBe('NOT_A_FILE');
  });

  it('makes as many directories as one plan has ids for', () => {
    const path = (depth: number): string => Array.from({ length: depth }, () => 'd').join('/');
    expect(statusName(world.createKey(`${path(256)}/f`))).toBe('INVALID_KEY_NAME');
    world.touch(`${path(255)}/f`);
    expect(world.usage().entries).toBe(256n);
  });
});

describe('CommitKey in a tree', () => {
  it('finds no directory that was removed meanwhile', () => {
    const id = world.openKey('a/b/f');
    expect(world.remove('a', true)).toBe('OK');
    expect(statusName(world.commitKey('a/b/f', id))).toBe('DIRECTORY_NOT_FOUND');
    world.mkdir('a/b');
    expect(statusName(world.commitKey('a/b/f', id))).toBe('KEY_NOT_FOUND');
    expect(world.kind('a/b/f')).toBe('FILE_NOT_FOUND');
  });

  it('goes with a directory that was moved meanwhile', () => {
    const id = world.openKey('a/b/f');
    expect(world.rename('a', 'c')).toBe('OK');
    expect(statusName(world.commitKey('a/b/f', id))).toBe('DIRECTORY_NOT_FOUND');
    expect(statusName(world.commitKey('c/b/f', id))).toBe('OK');
    expect(world.kind('c/b/f')).toBe('file');
  });

  it('takes no directory for a file that was made meanwhile', () => {
    const id = world.openKey('f');
    world.mkdir('f');
    expect(statusName(world.commitKey('f', id))).toBe('NOT_A_FILE');
    expect(world.kind('f')).toBe('dir');
  });
});

describe('RenameKey in a tree (NS-KEY-7, NS-FSO-4)', () => {
  beforeEach(() => {
    for (const name of ['a/b/f', 'a/b/c/g', 'd/h']) world.touch(name);
  });

  it('moves a subtree by one row, ids kept', () => {
    const ids = ['a/b', 'a/b/f', 'a/b/c', 'a/b/c/g'].map((name) => world.record(name).objectID);
    expect(world.rename('a/b', 'd/x')).toBe('OK');
    expect(world.operations).toHaveLength(2);
    expect(world.names()).toEqual(['a/', 'd/', 'd/h', 'd/x/', 'd/x/c/', 'd/x/c/g', 'd/x/f']);
    expect(['d/x', 'd/x/f', 'd/x/c', 'd/x/c/g'].map((name) => world.record(name).objectID)).toEqual(ids);
    expect(world.kind('a/b/f')).toBe('FILE_NOT_FOUND');
    expect(world.record('d/x').parentID).toBe(world.record('d').objectID);
    expect(world.usage()).toEqual({ bytes: 9n, entries: 7n });
  });

  it('moves into a directory that is there', () => {
    expect(world.rename('d/h', 'a/b')).toBe('OK');
    expect(world.kind('a/b/h')).toBe('file');
    expect(world.rename('d', 'a')).toBe('OK');
    expect(world.kind('a/d')).toBe('dir');
  });

  it.each([
    ['nothing', 'x', 'KEY_NOT_FOUND'],
    ['d/h/x', 'x', 'KEY_NOT_FOUND'],
    ['a', 'a/b/x', 'KEY_RENAME_ERROR'],
    ['a', 'a/x', 'KEY_RENAME_ERROR'],
    ['a', 'a/nothing/x', 'KEY_RENAME_ERROR'],
    ['a', 'nothing/x', 'KEY_RENAME_ERROR'],
    ['a', 'd/h/x', 'KEY_RENAME_ERROR'],
    ['a', 'd/h', 'KEY_ALREADY_EXISTS'],
    ['d/h', 'a/b/f', 'KEY_ALREADY_EXISTS'],
    ['a', 'a', 'KEY_ALREADY_EXISTS'],
    ['a/b', 'a', 'KEY_ALREADY_EXISTS'],
    ['d/h', 'd', 'KEY_ALREADY_EXISTS'],
    ['nothing', 'd/h', 'KEY_NOT_FOUND'],
    ['d/h', 'd/./h', 'KEY_ALREADY_EXISTS'],
    ['d/h', 'x:y', 'INVALID_KEY_NAME'],
    ['', 'x', 'INVALID_KEY_NAME'],
  ])('of %s to %s is %s and changes nothing', (from, to, status) => {
    const before = world.state.dump();
    expect(world.rename(from, to)).toBe(status);
    expect(world.state.dump()).toEqual(before);
  });

  it.each(['', '/'])('to the root %j keeps the last name', (root) => {
    expect(world.rename('d/h', root)).toBe('OK');
    expect(world.kind('h')).toBe('file');
    expect(world.rename('a', root)).toBe('OK');
    world.mkdir('a/b/h');
    expect(world.rename('a/b/h', root)).toBe('KEY_ALREADY_EXISTS');
    expect(world.names()).toEqual(['a/', 'a/b/', 'a/b/c/', 'a/b/c/g', 'a/b/f', 'a/b/h/', 'd/', 'h']);
  });
});

describe('DeleteKey in a tree', () => {
  beforeEach(() => {
    for (const name of ['a/b/f', 'a/b/c/g', 'd/h']) world.touch(name);
  });

  it('needs recursive for a directory that is not empty (NS-FSO-3)', () => {
    const before = world.state.dump();
    expect(world.remove('a')).toBe('DIRECTORY_NOT_EMPTY');
    expect(world.remove('a/b')).toBe('DIRECTORY_NOT_EMPTY');
    expect(world.state.dump()).toEqual(before);
    expect(world.remove('d/h')).toBe('OK');
    expect(world.remove('d')).toBe('OK');
    expect(world.kind('d')).toBe('FILE_NOT_FOUND');
    expect(world.usage()).toEqual({ bytes: 6n, entries: 5n });
  });

  it('makes a subtree unreachable by two rows, however large it is (NS-FSO-5)', () => {
    expect(world.remove('a', true)).toBe('OK');
    expect(world.operations.filter(({ kind }) => kind !== 'merge')).toHaveLength(2);
    for (const name of ['a', 'a/b', 'a/b/f', 'a/b/c/g']) expect(world.kind(name)).toBe('FILE_NOT_FOUND');
    expect(world.ls('a')).toBe('FILE_NOT_FOUND');
    expect(world.names()).toEqual(['d/', 'd/h']);
    expect(statusName(world.lookupKey('a/b/f'))).toBe('KEY_NOT_FOUND');
  });

  it('gives the name free at once', () => {
    const before = world.record('a').objectID;
    world.remove('a', true);
    world.touch('a/b/f');
    expect(world.record('a').objectID).not.toBe(before);
    expect(world.names('a')).toEqual(['a/', 'a/b/', 'a/b/f']);
  });

  it.each(['nothing', 'a/x', 'd/h/x'])('of %j is KEY_NOT_FOUND', (name) => {
    expect(world.remove(name, true)).toBe('KEY_NOT_FOUND');
  });

  it.each(['', '/', '..', 'a:b'])('of %j is no key', (name) => {
    expect(world.remove(name, true)).toBe('INVALID_KEY_NAME');
  });

  it('leaves a bucket that can be deleted (NS-BKT-5)', () => {
    world.remove('a', true);
    expect(statusName(world.deleteBucket('vol', 'bucket'))).toBe('BUCKET_NOT_EMPTY');
    world.remove('d', true);
    expect(statusName(world.deleteBucket('vol', 'bucket'))).toBe('OK');
  });

  it('counts once what a list of names has under two (NS-QTA-1)', () => {
    const deleteKeys = { volumeName: 'vol', bucketName: 'bucket', keys: ['d/h', 'd//h'] };
    expect(statusName(world.run(Type.DeleteKeys, { deleteKeysRequest: { deleteKeys } }))).toBe('OK');
    expect(world.usage()).toEqual({ bytes: 6n, entries: 6n });
  });
});

describe('DeleteKeys in a tree', () => {
  it('takes directories with all that is in them, also next to their children (NS-KEY-6)', () => {
    for (const name of ['a/b/f', 'a/g', 'h']) world.touch(name);
    const deleteKeys = { volumeName: 'vol', bucketName: 'bucket', keys: ['a/b', 'a', 'a/g', 'x'] };
    const { status, body } = world.run(Type.DeleteKeys, { deleteKeysRequest: { deleteKeys } });
    expect(status).toBe(Status.PARTIAL_DELETE);
    expect(body.deleteKeysResponse?.unDeletedKeys?.keys).toEqual(['x']);
    world.purgeAll();
    expect(world.names()).toEqual(['h']);
    expect(world.usage()).toEqual({ bytes: 3n, entries: 1n });
  });
});

describe('a directory as a key', () => {
  it('has no tags and gets none', () => {
    world.mkdir('a');
    const asked = { keyArgs: keyArgs('a', { tags: [{ key: 't', value: 'v' }] }) };
    const statuses = [
      world.run(Type.PutObjectTagging, { putObjectTaggingRequest: asked }),
      world.run(Type.DeleteObjectTagging, { deleteObjectTaggingRequest: asked }),
      world.run(Type.GetObjectTagging, { getObjectTaggingRequest: asked }),
    ].map(statusName);
    expect(statuses).toEqual(['NOT_SUPPORTED_OPERATION', 'NOT_SUPPORTED_OPERATION', 'OK']);
  });

  it('has a name in normal form', () => {
    world.touch('a/b/f');
    expect(['/a//b/f', 'a/./b/f', 'a/b/f/', 'x/../a/b/f'].map((name) => world.key(name)?.keyName)).toEqual(
      Array.from({ length: 4 }, () => 'a/b/f'),
    );
    expect(statusName(world.lookupKey(''))).toBe('INVALID_KEY_NAME');
    expect(statusName(world.lookupKey('a/b/f/g'))).toBe('KEY_NOT_FOUND');
  });

  it('is looked up with a slash behind its name', () => {
    world.mkdir('a/b');
    expect(world.key('a/b')).toMatchObject({ keyName: 'a/b/', isFile: false });
    expect(world.key('a/b/')?.keyName).toBe('a/b/');
    expect(world.key('a/b')?.objectID).toBe(world.record('a/b').objectID);
  });
});
