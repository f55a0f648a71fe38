import { describe, expect, it } from 'vitest';
import { statusName, World } from '../../test/world.js';

describe('DeleteVolume', () => {
  it('leaves nothing behind, and the name free', () => {
    const world = new World();
    world.createVolume('vol');
    world.createBucket('vol', 'bucket');
    world.deleteBucket('vol', 'bucket');
    expect(statusName(world.deleteVolume('vol'))).toBe('OK');
    expect(world.state.dump()).toEqual([]);
    expect(statusName(world.createVolume('vol'))).toBe('OK');
    expect(world.volume('vol')?.usedNamespace).toBe(0n);
  });

  it('of a missing volume is VOLUME_NOT_FOUND (NS-VOL-3)', () => {
    const world = new World();
    expect(statusName(world.deleteVolume('none'))).toBe('VOLUME_NOT_FOUND');
    expect(world.refusedBefore).toBe(false);
  });

  it('of a volume with a bucket is VOLUME_NOT_EMPTY and changes nothing (NS-VOL-5)', () => {
    const world = new World();
    world.createVolume('vol');
    world.createBucket('vol', 'bucket');
    const before = world.state.dump();
    const answer = world.deleteVolume('vol');
    expect(statusName(answer)).toBe('VOLUME_NOT_EMPTY');
    expect(answer.message).toBeDefined();
    expect(world.state.dump()).toEqual(before);
  });

  it('does not take the buckets of a volume whose name goes on for its own', () => {
    const world = new World();
    world.createVolume('vol');
    world.createVolume('vol-2');
    world.createBucket('vol-2', 'bucket');
    expect(statusName(world.deleteVolume('vol'))).toBe('OK');
  });
});
