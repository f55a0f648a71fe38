import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { Type, World } from '../../test/world.js';

const { USER_VOLUMES, VOLUMES_BY_USER, VOLUMES_BY_CLUSTER } = hadoop.ozone.ListVolumeRequest.Scope;

/** Name order is byte order: dash before period before digits. */
const ALL = ['other', 'v-a', 'v-b', 'v-b-x', 'v-b.x', 'v-b0', 'v-c', 'v-d'];

describe('ListVolume', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    for (const [volume, ownerName] of [
      ['v-d', 'u1/x'],
      ['v-b0', 'u1'],
      ['v-a', 'u1'],
      ['other', 'root'],
      ['v-b.x', 'u1'],
      ['v-c', 'u2'],
      ['v-b-x', 'u1'],
      ['v-b', 'u2'],
    ] as const) {
      world.createVolume(volume, { ownerName });
    }
  });

  it.each([
    ['all', {}, ALL],
    ['with a prefix', { prefix: 'v-b' }, ['v-b', 'v-b-x', 'v-b.x', 'v-b0']],
    ['with a prefix that none has', { prefix: 'q' }, []],
    ['a page', { maxKeys: 3 }, ALL.slice(0, 3)],
    ['of size zero', { maxKeys: 0 }, []],
    ['of no stated size', { maxKeys: undefined }, []],
    ['of any size', { maxKeys: 4294967295 }, ALL],
    ['after a volume', { prevKey: 'v-b' }, ALL.slice(3)],
    ['a page after a volume', { prevKey: 'v-b', maxKeys: 2 }, ['v-b-x', 'v-b.x']],
    ['after the last', { prevKey: 'v-d' }, []],
    ['after a name that is gone', { prevKey: 'v-b-y' }, ['v-b.x', 'v-b0', 'v-c', 'v-d']],
    ['after a name before the prefix', { prefix: 'v-c', prevKey: 'a' }, ['v-c']],
    ['after the empty name', { prevKey: '', prefix: 'v-a' }, ['v-a']],
  ])('of the cluster, %s (NS-VOL-6)', (_title, fields, expected) => {
    expect(world.listVolumes({ scope: VOLUMES_BY_CLUSTER, ...fields })).toEqual(expected);
  });

  it.each([
    ['u1', {}, ['v-a', 'v-b-x', 'v-b.x', 'v-b0']],
    ['u2', {}, ['v-b', 'v-c']],
    ['u1/x', {}, ['v-d']],
    ['nobody', {}, []],
    ['', {}, ALL],
    ['u1', { maxKeys: 2 }, ['v-a', 'v-b-x']],
    ['u1', { prevKey: 'v-b-x' }, ['v-b.x', 'v-b0']],
    ['u1', { prevKey: 'v-b' }, ['v-b-x', 'v-b.x', 'v-b0']],
    ['u1', { prefix: 'v-b' }, ['v-b-x', 'v-b.x', 'v-b0']],
  ])('of user %j with %j (NS-VOL-6)', (userName, fields, expected) => {
    expect(world.listVolumes({ scope: VOLUMES_BY_USER, userName, ...fields })).toEqual(expected);
  });

  it('of who acts', () => {
    expect(world.listVolumes({ scope: USER_VOLUMES })).toEqual(['other']);
    expect(world.listVolumes({ scope: USER_VOLUMES, userName: 'u2' })).toEqual(['v-b', 'v-c']);
  });

  it.each([1, 2, 3, 7, 8, 9])('in pages of %i gives each volume once (NS-VOL-6)', (maxKeys) => {
    const seen: string[] = [];
    // One page more than there are volumes, in case paging does not move on.
    for (let pages = 0; pages <= ALL.length + 1; pages += 1) {
      const page = world.listVolumes({ maxKeys, prevKey: seen.at(-1) ?? '' });
      if (page.length === 0) break;
      seen.push(...page);
    }
    expect(seen).toEqual(ALL);
  });

  it('shows what InfoVolume shows', () => {
    world.createBucket('v-a', 'bucket');
    const { body } = world.run(Type.ListVolume, {
      listVolumeRequest: { scope: VOLUMES_BY_CLUSTER, prefix: 'v-a', maxKeys: 1 },
    });
    expect(body.listVolumeResponse?.volumeInfo).toEqual([world.volume('v-a')]);
    expect(world.volume('v-a')?.usedNamespace).toBe(1n);
  });
});
