import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { decode, encode } from '../../../wire/plain.js';
import type { OMRequest } from '../../command.js';
import { statusName, Type, World } from '../../test/world.js';

/** Byte order of UTF-8: U+FFFD comes before U+10000, which it would not in the order of JavaScript or Java strings. */
const ALL = ['!', 'a', 'a/', 'a/b', 'a0', 'aa', 'b', 'é', '\uFFFD', '\u{10000}'];

describe('ListKeys and ListKeysLight', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.createVolume('vol');
    for (const bucket of ['before', 'bucket', 'bucket-2']) {
      world.createBucket('vol', bucket);
      for (const name of bucket === 'bucket' ? [...ALL].reverse() : ['a', 'zz']) {
        world.putKey(name, { bucketName: bucket, dataSize: 1n, ownerName: 'alice' });
      }
    }
    world.openKey('open');
  });

  type Fields = Partial<NonNullable<OMRequest['listKeysRequest']>>;
  function run(type: hadoop.ozone.Type, fields: Fields) {
    return world.run(type, { listKeysRequest: { volumeName: 'vol', bucketName: 'bucket', count: 1_000, ...fields } });
  }
  function page(fields: Fields) {
    const { body } = run(Type.ListKeys, fields);
    const { body: light } = run(Type.ListKeysLight, fields);
    const keys = (body.listKeysResponse?.keyInfo ?? []).map(({ keyName }) => keyName);
    // The two agree (NS-KEY-14).
    expect((light.listKeysLightResponse?.basicKeyInfo ?? []).map(({ keyName }) => keyName)).toEqual(keys);
    expect(light.listKeysLightResponse?.isTruncated).toBe(body.listKeysResponse?.isTruncated);
    return { keys, isTruncated: body.listKeysResponse?.isTruncated };
  }

  it.each<[string, Fields, readonly string[], boolean]>([
    ['all', {}, ALL, false],
    ['with a prefix', { prefix: 'a' }, ['a', 'a/', 'a/b', 'a0', 'aa'], false],
    ['with a prefix that ends in a slash', { prefix: 'a/' }, ['a/', 'a/b'], false],
    ['with a prefix that none has', { prefix: 'q' }, [], false],
    ['a page', { count: 3 }, ALL.slice(0, 3), true],
    ['a page that takes all', { count: ALL.length }, ALL, false],
    ['a page that takes all but one', { count: ALL.length - 1 }, ALL.slice(0, -1), true],
    ['of size zero', { count: 0 }, [], false],
    ['of a size below zero', { count: -5 }, [], false],
    ['of no stated size', { count: undefined }, [], false],
    ['after a key', { startKey: 'a/b' }, ALL.slice(4), false],
    ['after a key that is gone', { startKey: 'a/a' }, ALL.slice(3), false],
    ['a page after a key', { startKey: 'a/b', count: 2 }, ['a0', 'aa'], true],
    ['after the last', { startKey: '\u{10000}' }, [], false],
    ['after a key before the prefix', { prefix: 'a0', startKey: '!' }, ['a0'], false],
    ['after a key behind the prefix', { prefix: 'a', startKey: 'b' }, [], false],
  ])('%s (NS-KEY-8)', (_title, fields, keys, isTruncated) => expect(page(fields)).toEqual({ keys, isTruncated }));

  it.each([1, 2, 3, 9, 10, 11])('in pages of %i gives each key once (NS-KEY-8)', (count) => {
    const seen: string[] = [];
    for (let pages = 0, more: boolean | undefined = true; more === true && pages < 20; pages += 1) {
      const { keys, isTruncated } = page({ count, startKey: seen.at(-1) ?? '' });
      seen.push(...keys);
      more = isTruncated;
    }
    expect(seen).toEqual(ALL);
  });

  it('gives a thousand keys at most', () => {
    for (let n = 0; n < 1_001; n += 1) world.putKey(`n/${n}`);
    const { keys, isTruncated } = page({ prefix: 'n/', count: 5_000 });
    expect([keys.length, isTruncated]).toEqual([1_000, true]);
  });

  it('shows keys as LookupKey does (NS-KEY-11), and little of them in the light form', () => {
    const { body } = run(Type.ListKeys, { prefix: 'aa' });
    expect(body.listKeysResponse?.keyInfo).toEqual([world.key('aa')]);
    world.putKey('aa', { metadata: [{ key: 'ETag', value: 'e' }] });
    const { creationTime, modificationTime } = world.key('aa') ?? {};
    expect(run(Type.ListKeysLight, { prefix: 'aa' }).body.listKeysLightResponse?.basicKeyInfo).toEqual([
      {
        keyName: 'aa',
        dataSize: 0n,
        creationTime,
        modificationTime,
        type: hadoop.hdds.ReplicationType.RATIS,
        factor: hadoop.hdds.ReplicationFactor.THREE,
        eTag: 'e',
        ownerName: 'alice',
        isEncrypted: false,
        isFile: true,
      },
    ]);
  });

  it('is on the wire what it is read as, with the newest version of a key only', () => {
    world.createBucket('vol', 'versions', { isVersionEnabled: true });
    for (const dataSize of [1n, 2n, 3n]) world.putKey('old', { bucketName: 'versions', dataSize });
    const page = run(Type.ListKeys, { bucketName: 'versions' });
    const [key] = page.body.listKeysResponse?.keyInfo ?? [];
    expect(key).toEqual(world.key('old', { bucketName: 'versions', latestVersionLocation: true }));
    expect(key?.keyLocationList?.map(({ version }) => version)).toEqual([2n]);
    const head = { cmdType: Type.ListKeys, success: true, status: hadoop.ozone.Status.OK };
    const wire = Buffer.concat([encode(hadoop.ozone.OMResponse, head), page.encoded ?? Buffer.alloc(0)]);
    expect(decode(hadoop.ozone.OMResponse, wire)).toEqual({ ...head, ...page.body });
  });

  it.each([
    [{ volumeName: 'none' }, 'VOLUME_NOT_FOUND'],
    [{ bucketName: 'none' }, 'BUCKET_NOT_FOUND'],
    [{ bucketName: 'none', count: 0 }, 'BUCKET_NOT_FOUND'],
  ])('of %j is refused (NS-BKT-3)', (fields, expected) => {
    expect(statusName(run(Type.ListKeys, fields))).toBe(expected);
    expect(statusName(run(Type.ListKeysLight, fields))).toBe(expected);
  });
});
