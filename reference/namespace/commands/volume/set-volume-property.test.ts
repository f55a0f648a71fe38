import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { statusName, World } from '../../test/world.js';

const { VOLUMES_BY_USER } = hadoop.ozone.ListVolumeRequest.Scope;
const NO_LIMIT = 2n ** 64n - 1n;

describe('SetVolumeProperty', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.createVolume('vol', { ownerName: 'alice' });
  });

  it('gives the volume another owner at once (NS-VOL-7)', () => {
    const answer = world.setVolume('vol', { ownerName: 'bob' });
    expect(answer.body).toEqual({ setVolumePropertyResponse: { response: true } });
    expect(world.volume('vol')).toMatchObject({
      ownerName: 'bob',
      adminName: 'admin',
      creationTime: 1010n,
      modificationTime: 1020n,
      objectID: 256n,
      updateID: 2n,
    });
    expect(world.listVolumes({ scope: VOLUMES_BY_USER, userName: 'alice' })).toEqual([]);
    expect(world.listVolumes({ scope: VOLUMES_BY_USER, userName: 'bob' })).toEqual(['vol']);
  });

  it('changes nothing for the same owner and says so', () => {
    const before = world.state.dump();
    const answer = world.setVolume('vol', { ownerName: 'alice' });
    expect(statusName(answer)).toBe('OK');
    expect(answer.body).toEqual({ setVolumePropertyResponse: { response: false } });
    expect(world.operations).toEqual([]);
    expect(world.state.dump()).toEqual(before);
  });

  it.each([
    [
      { quotaInBytes: 1000n, quotaInNamespace: 5n },
      { quotaInBytes: 1000n, quotaInNamespace: 5n },
    ],
    [{ quotaInBytes: 1000n }, { quotaInBytes: 1000n, quotaInNamespace: -2n }],
    [
      { quotaInBytes: 0n, quotaInNamespace: 7n },
      { quotaInBytes: 0n, quotaInNamespace: 7n },
    ],
    [
      { quotaInBytes: NO_LIMIT, quotaInNamespace: NO_LIMIT },
      { quotaInBytes: NO_LIMIT, quotaInNamespace: -1n },
    ],
    [{ quotaInBytes: NO_LIMIT - 1n }, { quotaInBytes: 0n, quotaInNamespace: -2n }],
  ])('with %o shows %o (NS-VOL-7)', (fields, expected) => {
    const answer = world.setVolume('vol', fields);
    expect(answer.body).toEqual({ setVolumePropertyResponse: {} });
    expect(world.volume('vol')).toMatchObject({
      ...expected,
      modificationTime: 1020n,
      updateID: 2n,
      ownerName: 'alice',
    });
  });

  it.each([[{}], [{ ownerName: 'bob', quotaInBytes: 1n }], [{ quotaInNamespace: 1n }], [{ modificationTime: 5n }]])(
    'refuses %o before it plans',
    (fields) => {
      const before = world.state.dump();
      expect(statusName(world.setVolume('vol', fields))).toBe('INVALID_REQUEST');
      expect(world.refusedBefore).toBe(true);
      expect(world.state.dump()).toEqual(before);
    },
  );

  it.each([[{ ownerName: 'bob' }], [{ quotaInBytes: 1n }]])(
    'of a missing volume is VOLUME_NOT_FOUND: %o (NS-VOL-3)',
    (fields) => {
      expect(statusName(world.setVolume('none', fields))).toBe('VOLUME_NOT_FOUND');
      expect(world.refusedBefore).toBe(false);
    },
  );

  it('refuses quotas that its buckets do not fit into, and changes nothing', () => {
    world.setVolume('vol', { quotaInBytes: NO_LIMIT });
    world.createBucket('vol', 'bb1', { quotaInBytes: 600n });
    world.createBucket('vol', 'bb2', { quotaInBytes: 1n });
    const before = world.state.dump();
    expect(statusName(world.setVolume('vol', { quotaInBytes: 600n }))).toBe('QUOTA_EXCEEDED');
    expect(statusName(world.setVolume('vol', { quotaInBytes: 5000n, quotaInNamespace: 1n }))).toBe('QUOTA_EXCEEDED');
    expect(world.state.dump()).toEqual(before);
    expect(statusName(world.setVolume('vol', { quotaInBytes: 601n, quotaInNamespace: 2n }))).toBe('OK');
  });
});
