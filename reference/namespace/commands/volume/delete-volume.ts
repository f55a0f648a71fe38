/** DeleteVolume: removes a volume that has no bucket (NS-VOL-3, NS-VOL-5). */
import { hadoop } from '#proto';
import { ok, refusedPlan, Status } from '../../answers.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { getVolume, hasBuckets } from '../../records.js';
import { USAGE, USER_VOLUMES, userVolumeKey, VOLUMES, volumeKey } from '../../tables.js';
import { container, volumeNameLocks } from '../../volume-locks.js';

function asked(request: OMRequest): string {
  return request.deleteVolumeRequest?.volumeName ?? '';
}

export const deleteVolume: WriteCommand = {
  type: hadoop.ozone.Type.DeleteVolume,
  readClass: 'leader-only',

  locks(view, request) {
    const name = asked(request);
    const volume = getVolume(view, name);
    return volume === undefined
      ? volumeNameLocks(name)
      : [...volumeNameLocks(name), container(volume.objectId, 'exclusive')];
  },

  plan(view, request) {
    const name = asked(request);
    const volume = getVolume(view, name);
    if (volume === undefined) return refusedPlan(Status.VOLUME_NOT_FOUND, `Volume ${name} is not found`);
    if (hasBuckets(view, name)) return refusedPlan(Status.VOLUME_NOT_EMPTY, `Volume ${name} still has buckets`);
    return {
      operations: [
        { kind: 'delete', table: VOLUMES, key: volumeKey(name) },
        { kind: 'delete', table: USER_VOLUMES, key: userVolumeKey(volume.info.ownerName, name) },
        { kind: 'delete', table: USAGE, key: volumeKey(name) },
      ],
      answer: ok({ deleteVolumeResponse: {} }),
    };
  },
};
