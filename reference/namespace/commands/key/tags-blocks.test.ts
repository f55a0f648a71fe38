import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer, OMRequest } from '../../command.js';
import { keyArgs, statusName, Type, World } from '../../test/world.js';

type KeyValues = NonNullable<NonNullable<OMRequest['putObjectTaggingRequest']>['keyArgs']['tags']>;

let world: World;
beforeEach(() => {
  world = new World();
  world.createVolume('vol', { quotaInBytes: 2n ** 64n - 1n });
  world.createBucket('vol', 'bucket');
});

describe('the tags of a key (NS-KEY-9)', () => {
  function put(tags: KeyValues, fields: object = {}): Answer {
    return world.run(Type.PutObjectTagging, {
      putObjectTaggingRequest: { keyArgs: keyArgs('k', { tags, ...fields }) },
    });
  }
  function get(fields: object = {}): Answer {
    return world.run(Type.GetObjectTagging, { getObjectTaggingRequest: { keyArgs: keyArgs('k', fields) } });
  }
  function remove(fields: object = {}): Answer {
    return world.run(Type.DeleteObjectTagging, { deleteObjectTaggingRequest: { keyArgs: keyArgs('k', fields) } });
  }

  it('are replaced as a whole, and nothing else is', () => {
    world.putKey('k', { tags: [{ key: 'a', value: '1' }], metadata: [{ key: 'm', value: 'm' }] });
    const before = world.key('k');
    expect(get().body).toEqual({ getObjectTaggingResponse: { tags: [{ key: 'a', value: '1' }] } });
    expect(put([{ key: 'b', value: '2' }, { key: 'c' }])).toEqual({
      status: 1,
      body: { putObjectTaggingResponse: {} },
    });
    const tags = [
      { key: 'b', value: '2' },
      { key: 'c', value: '' },
    ];
    expect(get().body).toEqual({ getObjectTaggingResponse: { tags } });
    expect(world.key('k')).toEqual({ ...before, tags, updateID: 5n });
    expect(remove()).toEqual({ status: 1, body: { deleteObjectTaggingResponse: {} } });
    expect(get().body).toEqual({ getObjectTaggingResponse: { tags: [] } });
  });

  it.each([
    ['a missing key', {}, 'KEY_NOT_FOUND'],
    ['a missing bucket', { bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
    ['a missing volume', { volumeName: 'none' }, 'VOLUME_NOT_FOUND'],
  ])('of %s are refused', (_title, fields, expected) => {
    const before = world.state.dump();
    expect([put([], fields), get(fields), remove(fields)].map(statusName)).toEqual([expected, expected, expected]);
    expect(world.state.dump()).toEqual(before);
  });

  it('may not name a key twice', () => {
    world.putKey('k');
    expect(statusName(put([{ key: 'a' }, { key: 'a' }]))).toBe('INVALID_REQUEST');
  });
});

describe('AllocateBlock', () => {
  function allocate(name: string, clientID: bigint, fields: object = {}): Answer {
    return world.run(Type.AllocateBlock, { allocateBlockRequest: { keyArgs: keyArgs(name, fields), clientID } });
  }

  it('gives a session blocks of ids that no other has', () => {
    const session = world.openKey('k', { dataSize: 1n });
    const blocks = [allocate('k', session), allocate('k', session)].map(
      ({ body }) => body.allocateBlockResponse?.keyLocation,
    );
    const ids = blocks.map((block) => block?.blockID.containerBlockID.localID);
    expect(new Set(ids).size).toBe(2);
    expect(blocks[0]).toMatchObject({ offset: 0n, length: 256n * 1024n * 1024n, pipeline: { type: 1 } });
    const keyLocations = blocks.flatMap((block) => (block == null ? [] : [{ ...block, length: 3n }]));
    expect(statusName(world.commitKey('k', session, { dataSize: 6n, keyLocations }))).toBe('OK');
    const kept = world.key('k')?.keyLocationList?.[0]?.keyLocations ?? [];
    expect(kept.map(({ blockID, length }) => [blockID.containerBlockID.localID, length])).toEqual(
      ids.map((id) => [id, 3n]),
    );
  });

  it('keeps to the space quota, all replicas and earlier blocks counted (NS-QTA-2)', () => {
    const MiB = 1024n * 1024n;
    world.createBucket('vol', 'small', { quotaInBytes: 2n * 3n * 256n * MiB });
    const there = { bucketName: 'small' };
    const session = world.openKey('k', there);
    expect(statusName(allocate('k', session, there))).toBe('OK');
    expect(statusName(allocate('k', session, there))).toBe('OK');
    const before = world.state.dump();
    expect(statusName(allocate('k', session, there))).toBe('QUOTA_EXCEEDED');
    expect(world.state.dump()).toEqual(before);
  });

  it.each([
    ['another session', 'k', 1n, {}, 'KEY_NOT_FOUND'],
    ['another key', 'x', 0n, {}, 'KEY_NOT_FOUND'],
    ['a missing bucket', 'k', 0n, { bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
  ])('of %s is refused', (_title, name, offset, fields, expected) => {
    expect(statusName(allocate(name, world.openKey('k') + offset, fields))).toBe(expected);
  });
});
