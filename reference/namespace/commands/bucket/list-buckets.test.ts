import { beforeEach, describe, expect, it } from 'vitest';
import type { OMRequest } from '../../command.js';
import { statusName, Type, World } from '../../test/world.js';

/** Name order is byte order: dash before period before digits. */
const ALL = ['other', 'v-a', 'v-b', 'v-b-x', 'v-b.x', 'v-b0', 'v-c'];

describe('ListBuckets', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.createVolume('vol');
    world.createVolume('vol-2');
    world.createBucket('vol-2', 'not');
    for (const bucket of ['v-b0', 'v-a', 'other', 'v-b.x', 'v-c', 'v-b-x', 'v-b']) world.createBucket('vol', bucket);
  });

  function run(fields: Partial<NonNullable<OMRequest['listBucketsRequest']>>) {
    return world.run(Type.ListBuckets, { listBucketsRequest: { volumeName: 'vol', count: 1_000, ...fields } });
  }
  function names(fields: Parameters<typeof run>[0]): readonly string[] {
    return (run(fields).body.listBucketsResponse?.bucketInfo ?? []).map(({ bucketName }) => bucketName);
  }

  it.each([
    ['all', {}, ALL],
    ['with a prefix', { prefix: 'v-b' }, ['v-b', 'v-b-x', 'v-b.x', 'v-b0']],
    ['with a prefix that none has', { prefix: 'q' }, []],
    ['a page', { count: 3 }, ALL.slice(0, 3)],
    ['of size zero', { count: 0 }, []],
    ['of a size below zero', { count: -1 }, []],
    ['of no stated size', { count: undefined }, []],
    ['after a bucket', { startKey: 'v-b' }, ALL.slice(3)],
    ['a page after a bucket', { startKey: 'v-b', count: 2 }, ['v-b-x', 'v-b.x']],
    ['after the last', { startKey: 'v-c' }, []],
    ['after a name that is gone', { startKey: 'v-b-y' }, ['v-b.x', 'v-b0', 'v-c']],
    ['after a name before the prefix', { prefix: 'v-c', startKey: 'a' }, ['v-c']],
    ['after a name behind the prefix', { prefix: 'v-a', startKey: 'v-b' }, []],
    ['with snapshots', { hasSnapshot: true }, []],
  ])('%s (NS-BKT-6)', (_title, fields, expected) => expect(names(fields)).toEqual(expected));

  it.each([1, 2, 3, 6, 7])('in pages of %i gives each bucket once (NS-BKT-6)', (count) => {
    const seen: string[] = [];
    for (let pages = 0; pages <= ALL.length + 1; pages += 1) {
      const page = names({ count, startKey: seen.at(-1) ?? '' });
      if (page.length === 0) break;
      seen.push(...page);
    }
    expect(seen).toEqual(ALL);
  });

  it('shows what InfoBucket shows, and links as they are', () => {
    world.createBucket('vol', 'zz-link', { sourceVolume: 'vol', sourceBucket: 'other' });
    world.putKey('k', { bucketName: 'other', dataSize: 1n });
    const shown = run({}).body.listBucketsResponse?.bucketInfo ?? [];
    expect(shown[0]).toEqual(world.bucket('vol', 'other'));
    expect(shown[0]).toMatchObject({ usedBytes: 3n, usedNamespace: 1n });
    expect(shown.at(-1)).toMatchObject({ bucketName: 'zz-link', sourceBucket: 'other', usedBytes: 0n });
  });

  it.each(['none', ''])('of missing volume %j is VOLUME_NOT_FOUND (NS-VOL-3)', (volumeName) => {
    expect(statusName(run({ volumeName }))).toBe('VOLUME_NOT_FOUND');
  });
});
