import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { DELETED_DIRECTORIES, DIRECTORIES, FILES, OPEN_FILES } from '../tables.js';
import { FileWorld } from '../test/file-world.js';
import { BucketLayoutProto, Status, statusName } from '../test/world.js';
import { nextPurged, purgeStep } from './purge.js';
import { purgeDirectories } from './purge-directories.js';

function rows(world: FileWorld, table: string): number {
  return [...world.state.scan(table, {})].length;
}

function everything(world: FileWorld): number {
  return [DIRECTORIES, FILES, OPEN_FILES, DELETED_DIRECTORIES].reduce((sum, table) => sum + rows(world, table), 0);
}

describe('purging removed directories (LE-STEP-2)', () => {
  it('removes what was in them and gives back what it used (NS-QTA-1)', () => {
    const world = new FileWorld();
    for (const name of ['a/b/f', 'a/b/c/g', 'a/h', 'd/x']) world.touch(name);
    world.openKey('a/b/session');
    world.remove('a', true);
    expect(world.usage()).toEqual({ bytes: 12n, entries: 7n });
    world.purgeAll();
    expect(world.usage()).toEqual({ bytes: 3n, entries: 2n });
    expect(world.names()).toEqual(['d/', 'd/x']);
    expect(everything(world)).toBe(2);
    expect(world.purge()).toBe(false);
  });

  it('has nothing to do for a directory that was empty', () => {
    const world = new FileWorld();
    world.mkdir('a');
    world.remove('a');
    expect(nextPurged(world.state)).toBeUndefined();
  });

  it('takes a session along that was open in an empty directory', () => {
    const world = new FileWorld();
    world.mkdir('a');
    world.openKey('a/f');
    expect(world.remove('a')).toBe('OK');
    world.purgeAll();
    expect(everything(world)).toBe(0);
  });

  it.each([2, 3, 5, 50])('never writes more than %i rows at once, and comes to the end', (maxRows) => {
    const world = new FileWorld();
    for (let n = 0; n < 30; n += 1) world.touch(`a/${n % 3}/${n % 2}/f${n}`);
    world.remove('a', true);
    world.touch('a/new');
    for (let steps = 0; world.purge(maxRows); steps += 1) {
      expect(world.operations.filter(({ kind }) => kind !== 'merge').length).toBeLessThanOrEqual(maxRows);
      expect(steps).toBeLessThan(100);
    }
    expect(world.usage()).toEqual({ bytes: 3n, entries: 2n });
    expect(world.names()).toEqual(['a/', 'a/new']);
  });

  it('stops at its bound of bytes, however long names are', () => {
    const world = new FileWorld();
    for (let n = 0; n < 10; n += 1) world.touch(`a/${'x'.repeat(500)}${n}`);
    world.remove('a', true);
    expect(world.purge(1_000, 1_000)).toBe(true);
    expect(world.operations.filter(({ kind }) => kind === 'delete')).toHaveLength(2);
    world.purgeAll();
    expect(world.usage().entries).toBe(0n);
  });

  it('works on one bucket at a time, whose counters it knows', () => {
    const world = new FileWorld();
    world.createBucket('vol', 'other', { bucketLayout: BucketLayoutProto.FILE_SYSTEM_OPTIMIZED });
    const inOther = { bucketName: 'other' };
    for (const name of ['a/f', 'b/f', 'c/f']) {
      world.touch(name);
      world.putKey(name, inOther);
    }
    for (const name of ['a', 'b']) world.remove(name, true);
    const deleteKeyRequest = { keyArgs: { volumeName: 'vol', bucketName: 'other', keyName: 'a', recursive: true } };
    world.run(hadoop.ozone.Type.DeleteKey, { deleteKeyRequest });
    world.purge();
    expect([world.usage().entries, world.usage('other').entries]).toEqual([2n, 5n]);
    world.purge();
    expect([world.usage().entries, world.usage('other').entries]).toEqual([2n, 4n]);
  });

  it('charges no bucket that is gone', () => {
    const world = new FileWorld();
    world.touch('a/f');
    world.remove('a', true);
    expect(statusName(world.deleteBucket('vol', 'bucket'))).toBe('OK');
    world.createBucket('vol', 'bucket', { bucketLayout: BucketLayoutProto.FILE_SYSTEM_OPTIMIZED });
    const before = rows(world, 'usage');
    world.purgeAll();
    expect(everything(world)).toBe(0);
    expect(rows(world, 'usage')).toBe(before);
    expect(world.usage()).toEqual({ bytes: 0n, entries: 0n });
  });

  it('keeps its bucket and other steps away while one is planned and not applied', () => {
    const world = new FileWorld();
    const command = purgeDirectories({ maxRows: 10, maxBytes: 1_000 });
    expect(command.locks(world.state, { cmdType: command.type, clientId: '' })).toEqual([]);
    world.touch('a/f');
    world.remove('a', true);
    const bucketId = world.bucket('vol', 'bucket')?.objectID ?? 0n;
    expect(command.locks(world.state, { cmdType: command.type, clientId: '' })).toEqual([
      { kind: 'container', objectId: bucketId, mode: 'shared' },
      { kind: 'slot', parentObjectId: bucketId, name: '' },
    ]);
  });

  it('is the same for the same state (LE-PLAN-4)', () => {
    const world = new FileWorld();
    for (const name of ['a/b/f', 'a/g']) world.touch(name);
    world.remove('a', true);
    const bounds = { maxRows: 10, maxBytes: 1_000 };
    expect(purgeStep(world.state, bounds)).toEqual(purgeStep(world.state, bounds));
  });

  it('is nothing that a client can ask for', () => {
    const world = new FileWorld();
    world.touch('a/f');
    world.remove('a', true);
    const before = world.state.dump();
    expect(world.run(hadoop.ozone.Type.PurgeDirectories).status).toBe(Status.INVALID_REQUEST);
    expect(world.state.dump()).toEqual(before);
  });
});
