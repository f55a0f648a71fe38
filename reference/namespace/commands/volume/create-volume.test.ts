import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { statusName, World } from '../../test/world.js';

const { OzoneAclType, OzoneAclScope } = hadoop.ozone.OzoneAclInfo;

describe('CreateVolume', () => {
  it('makes what InfoVolume then shows (NS-VOL-1)', () => {
    const world = new World();
    const answer = world.createVolume('vol', { quotaInBytes: 1000n, quotaInNamespace: 10n });
    expect(answer).toEqual({ status: hadoop.ozone.Status.OK, body: { createVolumeResponse: {} } });
    expect(world.volume('vol')).toEqual({
      adminName: 'admin',
      ownerName: 'owner',
      volume: 'vol',
      quotaInBytes: 1000n,
      volumeAcls: [
        { type: OzoneAclType.USER, name: 'owner', rights: Buffer.from([0x80]), aclScope: OzoneAclScope.ACCESS },
      ],
      creationTime: 1010n,
      modificationTime: 1010n,
      objectID: 1n << 8n,
      updateID: 1n,
      quotaInNamespace: 10n,
      usedNamespace: 0n,
      refCount: 0n,
    });
  });

  it('shows quotas that nobody set as upstream does', () => {
    const world = new World();
    world.createVolume('vol');
    expect(world.volume('vol')).toMatchObject({ quotaInBytes: 0n, quotaInNamespace: -2n });
  });

  it('is VOLUME_ALREADY_EXISTS the second time and leaves the first as it was (NS-VOL-2)', () => {
    const world = new World();
    world.createVolume('vol');
    const before = world.state.dump();
    expect(statusName(world.createVolume('vol', { ownerName: 'other', quotaInBytes: 5n }))).toBe(
      'VOLUME_ALREADY_EXISTS',
    );
    expect(world.refusedBefore).toBe(false);
    expect(world.state.dump()).toEqual(before);
  });

  it.each(['', 'ab', 'Upper', '192.168.1.1'])('refuses the name %j before it plans (NS-VOL-4)', (name) => {
    const world = new World();
    expect(statusName(world.createVolume(name))).toBe('INVALID_VOLUME_NAME');
    expect(world.refusedBefore).toBe(true);
  });

  it('sets ids, times and counters itself', () => {
    const world = new World();
    world.createVolume('vol', {
      creationTime: 5n,
      modificationTime: 6n,
      objectID: 7n,
      updateID: 8n,
      usedNamespace: 9n,
      refCount: 3n,
    });
    expect(world.volume('vol')).toMatchObject({
      creationTime: 1010n,
      modificationTime: 1010n,
      objectID: 256n,
      updateID: 1n,
      usedNamespace: 0n,
      refCount: 0n,
    });
  });

  it('keeps metadata, with empty values where there were none', () => {
    const world = new World();
    world.createVolume('vol', { metadata: [{ key: 'b', value: '1' }, { key: 'a' }] });
    expect(world.volume('vol')?.metadata).toEqual([
      { key: 'b', value: '1' },
      { key: 'a', value: '' },
    ]);
  });

  it.each([
    [{ metadata: [{ key: 'k' }, { key: 'k' }] }],
    [
      {
        volumeAcls: [
          { type: OzoneAclType.WORLD, name: 'any', rights: Uint8Array.of(1), aclScope: OzoneAclScope.ACCESS },
        ],
      },
    ],
  ])('refuses %j, on which upstream stops the node', (fields) => {
    const world = new World();
    expect(statusName(world.createVolume('vol', fields))).toBe('INVALID_REQUEST');
    expect(world.state.dump()).toEqual([]);
  });

  it('belongs to who acts when the request names no owner', () => {
    const world = new World();
    world.user = 'alice';
    world.createVolume('vol', { ownerName: '' });
    expect(world.volume('vol')?.ownerName).toBe('alice');
  });
});
