import { beforeEach, describe, expect, it } from 'vitest';
import { FileWorld } from '../../test/file-world.js';
import { BucketLayoutProto, Status, statusName } from '../../test/world.js';

const { OBJECT_STORE, FILE_SYSTEM_OPTIMIZED } = BucketLayoutProto;

describe.each([
  ['FILE_SYSTEM_OPTIMIZED', FILE_SYSTEM_OPTIMIZED],
  ['OBJECT_STORE', OBJECT_STORE],
] as const)('CreateFile in a bucket of layout %s', (_name, layout) => {
  let world: FileWorld;
  beforeEach(() => {
    world = new FileWorld(layout);
  });

  it('makes missing parents only when it may (NS-FSO-6)', () => {
    expect(statusName(world.createFile('a/b/f'))).toBe('DIRECTORY_NOT_FOUND');
    expect(world.usage().entries).toBe(0n);
    const answer = world.createFile('a/b/f', { isRecursive: true });
    expect(answer.status).toBe(Status.OK);
    expect(world.kind('a/b')).toBe('dir');
    expect(world.kind('a/b/f')).toBe('FILE_NOT_FOUND');
    expect(world.usage().entries).toBe(2n);
    const id = answer.body.createFileResponse?.ID ?? 0n;
    expect(statusName(world.commitKey('a/b/f', id, { dataSize: 7n }))).toBe('OK');
    expect(world.kind('a/b/f')).toBe('file');
    expect(world.usage()).toEqual({ bytes: 21n, entries: 3n });
    expect(statusName(world.createFile('a/b/g'))).toBe('OK');
  });

  it('gives a block to write to, also when no size is stated', () => {
    const { keyInfo, openVersion } = world.createFile('f').body.createFileResponse ?? {};
    expect(openVersion).toBe(0n);
    expect(keyInfo).toMatchObject({ keyName: 'f', dataSize: 256n << 20n });
    expect(keyInfo?.keyLocationList?.[0]?.keyLocations).toHaveLength(1);
  });

  it('replaces a file only when it may', () => {
    world.touch('f');
    expect(statusName(world.createFile('f'))).toBe('FILE_ALREADY_EXISTS');
    expect(statusName(world.createFile('f', { isOverwrite: true }))).toBe('OK');
  });

  it.each([true, false])('takes no directory for a file, and leads through none (recursive %s)', (isRecursive) => {
    world.mkdir('d');
    world.touch('f');
    const flags = { isRecursive, isOverwrite: true };
    expect(statusName(world.createFile('d', flags))).toBe('NOT_A_FILE');
    expect(statusName(world.createFile('f/g', flags))).toBe('NOT_A_FILE');
    expect(statusName(world.createFile('', flags))).toBe('NOT_A_FILE');
  });
});
