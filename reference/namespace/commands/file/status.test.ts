import { beforeEach, describe, expect, it } from 'vitest';
import { FileWorld } from '../../test/file-world.js';
import { BucketLayoutProto, statusName, Type } from '../../test/world.js';

const { OBJECT_STORE, FILE_SYSTEM_OPTIMIZED } = BucketLayoutProto;

describe.each([
  ['FILE_SYSTEM_OPTIMIZED', FILE_SYSTEM_OPTIMIZED],
  ['OBJECT_STORE', OBJECT_STORE],
] as const)('GetFileStatus and ListStatus in a bucket of layout %s', (_name, layout) => {
  let world: FileWorld;
  beforeEach(() => {
    world = new FileWorld(layout);
    for (const name of ['d/f', 'd/e/g', 'd/e/h', 'd/c', 'top', 'd-1/x']) world.touch(name);
  });

  it('tell files, directories and nothing apart', () => {
    expect(['', 'd', 'd/f', 'top', 'd/e'].map((name) => world.kind(name))).toEqual([
      'dir',
      'dir',
      'file',
      'file',
      'dir',
    ]);
    expect(['x', 'd/x', 'top/', 'top/x', 'd/e/g/'].map((name) => world.kind(name))).toEqual(
      Array.from({ length: 5 }, () => 'FILE_NOT_FOUND'),
    );
    expect(world.fileStatus('').body.getFileStatusResponse).toEqual({ status: { blockSize: 0n, isDirectory: true } });
  });

  it('show one level in order (NS-FSO-2)', () => {
    expect(world.ls('d')).toEqual(['d/c', 'd/e/', 'd/f']);
    expect(world.ls('d/')).toEqual(['d/c', 'd/e/', 'd/f']);
    expect(world.ls('d/e')).toEqual(['d/e/g', 'd/e/h']);
    expect(new Set(world.ls(''))).toEqual(new Set(['d-1/', 'd/', 'top']));
  });

  it('list a file as itself, and nothing that is not there', () => {
    expect(world.ls('d/f')).toEqual(['d/f']);
    expect(world.ls('nothing')).toBe('FILE_NOT_FOUND');
    expect(world.ls('top/x')).toBe('FILE_NOT_FOUND');
  });

  it('page from a start key on, with it (NS-FSO-2)', () => {
    expect(world.ls('d', { numEntries: 2n })).toEqual(['d/c', 'd/e/']);
    expect(world.ls('d', { startKey: 'd/e', numEntries: 2n })).toEqual(['d/e/', 'd/f']);
    expect(world.ls('d', { startKey: 'd/d' })).toEqual(['d/e/', 'd/f']);
    expect(world.ls('d', { startKey: 'd/g' })).toEqual([]);
    // A page has two entries at least, so that a listing always gets further.
    for (const numEntries of [0n, 1n, 2n ** 64n - 1n]) expect(world.ls('d', { numEntries })).toEqual(['d/c', 'd/e/']);
  });

  it('go through a directory page by page without gap or repetition', () => {
    for (let n = 0; n < 40; n += 1) world.touch(`many/${n % 2 === 0 ? `f${n}` : `d${n}/x`}`);
    const seen: string[] = [];
    for (let startKey = ''; ; startKey = seen.at(-1) ?? '') {
      const page = world.ls('many', { startKey, numEntries: 7n });
      const fresh = (page as readonly string[]).filter((name) => name !== startKey);
      if (fresh.length === 0) break;
      seen.push(...fresh);
    }
    expect(seen).toEqual(world.ls('many', { numEntries: 1_000n }));
    expect(seen).toHaveLength(40);
  });

  it('never give more than a thousand entries', () => {
    for (let n = 0; n < 1_001; n += 1) world.touch(`k/${n}`);
    expect(world.ls('k', { numEntries: 5_000n })).toHaveLength(1_000);
  }, 60_000);

  it('tell a missing bucket', () => {
    const keyArgs = { volumeName: 'vol', bucketName: 'none', keyName: '' };
    const listStatusRequest = { keyArgs, recursive: false, startKey: '', numEntries: 1n };
    expect(statusName(world.run(Type.ListStatus, { listStatusRequest }))).toBe('BUCKET_NOT_FOUND');
    expect(statusName(world.run(Type.GetFileStatus, { getFileStatusRequest: { keyArgs } }))).toBe('BUCKET_NOT_FOUND');
  });
});

const NOT_FOUND = ['FILE_NOT_FOUND', 'FILE_NOT_FOUND', 'FILE_NOT_FOUND'];

describe('ListStatus in a tree', () => {
  let world: FileWorld;
  beforeEach(() => {
    world = new FileWorld();
    for (const name of ['d/f', 'd/fa', 'd/e/g', 'd-1/x']) world.touch(name);
  });

  it('orders by name, whether directory or file', () => {
    world.touch('d!');
    world.mkdir('\u{10000}');
    world.mkdir('\uFFFD');
    expect(world.ls('')).toEqual(['d/', 'd!', 'd-1/', '\uFFFD/', '\u{10000}/']);
  });

  it('takes the directory from the start key when none is named', () => {
    expect(world.ls('', { startKey: 'd/f' })).toEqual(['d/f', 'd/fa']);
    expect(world.ls('', { startKey: 'd-1' })).toEqual(['d-1/']);
    expect(world.ls('', { startKey: '/d/f' })).toEqual(['/d/f', '/d/fa']);
    expect(world.ls('', { startKey: '/d' })).toBe('FILE_NOT_FOUND');
  });

  it('has nothing from a start key elsewhere', () => {
    expect(world.ls('d', { startKey: 'd-1/x' })).toEqual([]);
    expect(world.ls('d', { startKey: 'd/e/g' })).toEqual([]);
    expect(world.ls('d', { startKey: 'd-1' })).toEqual([]);
    expect(world.ls('d', { startKey: 'f' })).toEqual([]);
    expect(world.ls('d', { startKey: '/d/f' })).toEqual([]);
  });

  it('finds what begins so, when that is wanted', () => {
    expect(world.ls('d/f', { allowPartialPrefix: true })).toEqual(['d/f', 'd/fa']);
    expect(world.ls('d/f', { allowPartialPrefix: true, startKey: 'd/fa' })).toEqual(['d/fa']);
    expect(world.ls('d', { allowPartialPrefix: true })).toEqual(['d/e/', 'd/f', 'd/fa']);
    expect(world.ls('d/x', { allowPartialPrefix: true })).toEqual([]);
    expect(world.ls('x/y', { allowPartialPrefix: true })).toEqual([]);
  });

  it('shows a path as it was asked for, and knows no other', () => {
    expect(world.ls('/d')).toEqual(['/d/e/', '/d/f', '/d/fa']);
    expect(['/d', 'd//e', '/', 'd/./e', '.'].map((name) => world.kind(name))).toEqual(['dir', 'dir', ...NOT_FOUND]);
    expect(world.ls('/')).toBe('FILE_NOT_FOUND');
    world.mkdir('d/..');
    expect(world.kind('d/..')).toBe('dir');
  });

  it('is of one level only', () => {
    expect(world.ls('d', { recursive: true })).toBe('INVALID_REQUEST');
  });
});

describe('ListStatus in a flat bucket', () => {
  it('can be of all levels', () => {
    const world = new FileWorld(OBJECT_STORE);
    for (const name of ['d/f', 'd/e/g', 'x']) world.touch(name);
    world.mkdir('d/e');
    expect(world.ls('d', { recursive: true })).toEqual(['d/e/', 'd/e/g', 'd/f']);
    expect(world.ls('', { recursive: true, startKey: 'd/e/g' })).toEqual(['d/e/g', 'd/f', 'x']);
  });
});
