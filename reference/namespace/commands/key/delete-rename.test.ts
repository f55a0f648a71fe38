import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../command.js';
import { keyArgs, statusName, Type, World } from '../../test/world.js';

let world: World;
beforeEach(() => {
  world = new World();
  world.createVolume('vol');
  world.createBucket('vol', 'bucket');
});

function rename(from: string, to: string, fields: object = {}): Answer {
  return world.run(Type.RenameKey, { renameKeyRequest: { keyArgs: keyArgs(from, fields), toKeyName: to } });
}
function renameAll(pairs: readonly (readonly [from: string, to: string])[], bucketName = 'bucket'): Answer {
  const renameKeysMap = pairs.map(([fromKeyName, toKeyName]) => ({ fromKeyName, toKeyName }));
  return world.run(Type.RenameKeys, {
    renameKeysRequest: { renameKeysArgs: { volumeName: 'vol', bucketName, renameKeysMap } },
  });
}
function remove(name: string, fields: object = {}): Answer {
  return world.run(Type.DeleteKey, { deleteKeyRequest: { keyArgs: keyArgs(name, fields) } });
}
function removeAll(keys: string[], bucketName = 'bucket'): Answer {
  return world.run(Type.DeleteKeys, { deleteKeysRequest: { deleteKeys: { volumeName: 'vol', bucketName, keys } } });
}
function names(): readonly string[] {
  const { body } = world.run(Type.ListKeys, {
    listKeysRequest: { volumeName: 'vol', bucketName: 'bucket', count: 1_000 },
  });
  return (body.listKeysResponse?.keyInfo ?? []).map(({ keyName }) => keyName);
}

describe('DeleteKey', () => {
  it('removes a key and what it used (NS-KEY-5, NS-QTA-1)', () => {
    world.putKey('a', { dataSize: 5n });
    world.putKey('b', { dataSize: 6n });
    expect(remove('a')).toEqual({ status: 1, body: { deleteKeyResponse: {} } });
    expect(names()).toEqual(['b']);
    expect(world.usage()).toEqual({ bytes: 18n, entries: 1n });
    expect(statusName(remove('a'))).toBe('KEY_NOT_FOUND');
    expect(world.operations).toEqual([]);
  });

  it('leaves an open session alone', () => {
    world.putKey('a');
    const first = world.key('a')?.objectID;
    const session = world.openKey('a');
    remove('a');
    expect(statusName(world.commitKey('a', session))).toBe('OK');
    expect(world.key('a')?.objectID).not.toBe(first);
  });

  it.each([
    ['a missing volume', { volumeName: 'none' }, 'VOLUME_NOT_FOUND'],
    ['a missing bucket', { bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
    ['no name of a volume', { volumeName: '' }, 'INVALID_VOLUME_NAME'],
    ['a reserved name', { keyName: '.snapshot/a' }, 'INVALID_KEY_NAME'],
    ['an open key', { keyName: 'open' }, 'KEY_NOT_FOUND'],
  ])('of %s', (_title, fields, expected) => {
    world.openKey('open');
    expect(statusName(remove('k', fields))).toBe(expected);
  });
});

describe('DeleteKeys', () => {
  it('removes what exists and names the rest (NS-KEY-6)', () => {
    for (const name of ['a', 'b', 'c']) world.putKey(name, { dataSize: 1n });
    const answer = removeAll(['a', 'x', 'c', 'y']);
    expect(statusName(answer)).toBe('PARTIAL_DELETE');
    expect(answer.message).toBeDefined();
    expect(answer.body.deleteKeysResponse).toEqual({
      status: false,
      unDeletedKeys: { volumeName: 'vol', bucketName: 'bucket', keys: ['x', 'y'] },
      errors: [
        { key: 'x', errorCode: 'KEY_NOT_FOUND', errorMsg: expect.stringContaining('x') },
        { key: 'y', errorCode: 'KEY_NOT_FOUND', errorMsg: expect.stringContaining('y') },
      ],
    });
    expect(names()).toEqual(['b']);
    expect(world.usage()).toEqual({ bytes: 3n, entries: 1n });
  });

  it.each([[['a', 'b']], [['a', 'a', 'b', 'a']]])('is OK when all of %j exist', (keys) => {
    for (const name of ['a', 'b']) world.putKey(name);
    expect(removeAll(keys)).toEqual({
      status: 1,
      body: {
        deleteKeysResponse: {
          status: true,
          unDeletedKeys: { volumeName: 'vol', bucketName: 'bucket', keys: [] },
          errors: [],
        },
      },
    });
    expect(names()).toEqual([]);
    expect(world.usage()).toEqual({ bytes: 0n, entries: 0n });
  });

  it('of nothing is OK', () => expect(statusName(removeAll([]))).toBe('OK'));
  it('in a missing bucket', () => expect(statusName(removeAll(['a'], 'none'))).toBe('BUCKET_NOT_FOUND'));
});

describe('RenameKey', () => {
  it('keeps the id and all but name, time and generation (NS-KEY-7)', () => {
    world.putKey('a', { dataSize: 5n, tags: [{ key: 't', value: 'v' }] });
    const before = world.key('a');
    const usage = world.usage();
    expect(rename('a', 'b')).toEqual({ status: 1, body: { renameKeyResponse: {} } });
    expect(names()).toEqual(['b']);
    expect(world.key('b')).toEqual({ ...before, keyName: 'b', updateID: 5n, modificationTime: 1050n });
    expect(world.usage()).toEqual(usage);
  });

  it.each([
    ['onto a key', 'a', 'b', {}, 'KEY_ALREADY_EXISTS'],
    ['of a missing key onto a key', 'x', 'b', {}, 'KEY_ALREADY_EXISTS'],
    ['onto itself', 'a', 'a', {}, 'KEY_ALREADY_EXISTS'],
    ['of a missing key', 'x', 'y', {}, 'KEY_NOT_FOUND'],
    ['of a missing key onto itself', 'x', 'x', {}, 'KEY_NOT_FOUND'],
    ['of no name', '', 'y', {}, 'INVALID_KEY_NAME'],
    ['to no name', 'a', '', {}, 'INVALID_KEY_NAME'],
    ['to a name with NUL', 'a', '\u0000', {}, 'INVALID_PATH'],
    ['of a missing key to a name with NUL', 'x', '\u0000', {}, 'KEY_NOT_FOUND'],
    ['of no name to one with NUL', '', '\u0000', {}, 'INVALID_KEY_NAME'],
    ['to a reserved name', 'a', '.snapshot/a', {}, 'INVALID_KEY_NAME'],
    ['to no name in a missing bucket', 'a', '', { bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
    ['in a missing volume', 'a', 'c', { volumeName: 'none' }, 'VOLUME_NOT_FOUND'],
  ])('%s changes nothing (NS-KEY-7)', (_title, from, to, fields, expected) => {
    world.putKey('a');
    world.putKey('b');
    const before = world.state.dump();
    expect(statusName(rename(from, to, fields))).toBe(expected);
    expect(world.state.dump()).toEqual(before);
  });

  it('leaves no id to a session that was opened over the key (NS-KEY-12)', () => {
    world.putKey('a');
    const id = world.key('a')?.objectID;
    const session = world.openKey('a');
    rename('a', 'b');
    expect(statusName(world.commitKey('a', session))).toBe('OK');
    expect(world.key('b')?.objectID).toBe(id);
    expect(world.key('a')?.objectID).not.toBe(id);
    expect(world.usage().entries).toBe(2n);
  });
});

describe('RenameKeys', () => {
  it('renames what it can, in order, and names the rest (NS-KEY-14)', () => {
    for (const name of ['a', 'b', 'c']) world.putKey(name, { tags: [{ key: 'was', value: name }] });
    const answer = renameAll([
      ['a', 'b'], // taken
      ['b', 'd'],
      ['a', 'b'], // free now
      ['x', 'y'], // missing
      ['d', 'e'], // made above
      ['c', ''], // no name
    ]);
    expect(statusName(answer)).toBe('PARTIAL_RENAME');
    expect(answer.body.renameKeysResponse).toEqual({
      status: false,
      unRenamedKeys: [
        { fromKeyName: 'a', toKeyName: 'b' },
        { fromKeyName: 'x', toKeyName: 'y' },
        { fromKeyName: 'c', toKeyName: '' },
      ],
    });
    expect(names()).toEqual(['b', 'c', 'e']);
    expect(['b', 'e'].map((name) => world.key(name)?.tags?.[0]?.value)).toEqual(['a', 'b']);
    expect(world.usage().entries).toBe(3n);
  });

  it('may give a name back', () => {
    world.putKey('a');
    const id = world.key('a')?.objectID;
    expect(
      renameAll([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).toEqual({
      status: 1,
      body: { renameKeysResponse: { status: true, unRenamedKeys: [] } },
    });
    expect(world.key('a')).toMatchObject({ objectID: id, keyName: 'a', updateID: 5n });
    expect(names()).toEqual(['a']);
  });

  it('in a missing bucket', () => expect(statusName(renameAll([['a', 'b']], 'none'))).toBe('BUCKET_NOT_FOUND'));
});
