/** CreateVolume: makes a volume of a good, free name (NS-VOL-1, NS-VOL-2, NS-VOL-4). Ids, times and counters are ours to set. */
import { hadoop } from '#proto';
import { aclFault, addAcl, allRightsOf, withFixedNames } from '../../acls.js';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { metadataFault, storedMetadata } from '../../metadata.js';
import { nameFault } from '../../names.js';
import { NEVER_SET } from '../../quotas.js';
import { getVolume, NO_VALUE, putVolume, type VolumeInfo } from '../../records.js';
import { USER_VOLUMES, userVolumeKey } from '../../tables.js';
import { volumeNameLocks } from '../../volume-locks.js';

function asked(request: OMRequest): VolumeInfo {
  return request.createVolumeRequest?.volumeInfo ?? { adminName: '', ownerName: '', volume: '' };
}

export const createVolume: WriteCommand = {
  type: hadoop.ozone.Type.CreateVolume,
  readClass: 'leader-only',

  validate(request) {
    const { volume, metadata, volumeAcls } = asked(request);
    const badName = nameFault(volume);
    if (badName !== undefined) return refusal(Status.INVALID_VOLUME_NAME, `volume ${badName}`);
    const fault = metadataFault(metadata ?? []) ?? aclFault(volumeAcls ?? []);
    return fault === undefined ? undefined : refusal(Status.INVALID_REQUEST, fault);
  },

  locks: (_view, request) => volumeNameLocks(asked(request).volume),

  plan(view, request, context) {
    const info = asked(request);
    if (getVolume(view, info.volume) !== undefined) {
      return refusedPlan(Status.VOLUME_ALREADY_EXISTS, `Volume ${info.volume} already exists`);
    }
    // The owner is the one that the request names (W-10); upstream stops the node when that is empty.
    const ownerName = info.ownerName || context.user;
    const created: VolumeInfo = {
      adminName: info.adminName,
      ownerName,
      volume: info.volume,
      quotaInBytes: info.quotaInBytes ?? 0n,
      metadata: storedMetadata(info.metadata ?? []),
      volumeAcls: addAcl(withFixedNames(info.volumeAcls ?? []), allRightsOf(ownerName)),
      creationTime: context.nowMs,
      modificationTime: context.nowMs,
      objectID: context.objectId,
      updateID: context.managedIndex,
      quotaInNamespace: info.quotaInNamespace ?? NEVER_SET,
      refCount: 0n,
    };
    return {
      operations: [
        putVolume(created),
        { kind: 'put', table: USER_VOLUMES, key: userVolumeKey(ownerName, info.volume), value: NO_VALUE },
      ],
      answer: ok({ createVolumeResponse: {} }),
    };
  },
};
