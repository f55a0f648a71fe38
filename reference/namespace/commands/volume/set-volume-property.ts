/**
 * SetVolumeProperty: gives a volume another owner, or other quotas, never both at once (NS-VOL-3, NS-VOL-7). The limits that
 * a new quota must respect are decided in quotas.ts.
 */
import { hadoop } from '#proto';
import type { StateView } from '../../../storage/state-store.js';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import type { OMRequest, Plan, PlanContext, WriteCommand } from '../../command.js';
import { changedQuota, NEVER_SET, signed, unsigned, volumeCountFault, volumeSpaceFault } from '../../quotas.js';
import { bucketCount, bucketsIn, getVolume, NO_VALUE, putVolume, type VolumeInfo } from '../../records.js';
import { USER_VOLUMES, userVolumeKey } from '../../tables.js';
import { volumeLocks } from '../../volume-locks.js';

interface Change {
  readonly volumeName: string;
  readonly ownerName: string | undefined;
  readonly quotaInBytes: bigint | undefined;
  readonly quotaInNamespace: bigint | undefined;
}

function asked(request: OMRequest): Change {
  const change = request.setVolumePropertyRequest;
  return {
    volumeName: change?.volumeName ?? '',
    ownerName: change?.ownerName ?? undefined,
    quotaInBytes: change?.quotaInBytes ?? undefined,
    quotaInNamespace: change?.quotaInNamespace ?? undefined,
  };
}

export const setVolumeProperty: WriteCommand = {
  type: hadoop.ozone.Type.SetVolumeProperty,
  readClass: 'leader-only',

  validate(request) {
    const { ownerName, quotaInBytes } = asked(request);
    // Upstream answers both cases with an INTERNAL error that says nothing; W-3 asks for a status.
    if ((ownerName === undefined) === (quotaInBytes === undefined)) {
      const found = ownerName === undefined ? 'neither' : 'both';
      return refusal(Status.INVALID_REQUEST, `Either ownerName or quotaInBytes must be set, found ${found}`);
    }
    return undefined;
  },

  locks(view, request) {
    const { volumeName } = asked(request);
    return volumeLocks(getVolume(view, volumeName), volumeName, 'exclusive');
  },

  plan(view, request, context) {
    const change = asked(request);
    const volume = getVolume(view, change.volumeName);
    if (volume === undefined) {
      return refusedPlan(Status.VOLUME_NOT_FOUND, `Volume ${change.volumeName} is not found`);
    }
    return change.ownerName === undefined
      ? planQuotas(view, volume.info, change, context)
      : planOwner(volume.info, change.ownerName, context);
  },
};

function planOwner(info: VolumeInfo, ownerName: string, context: PlanContext): Plan {
  if (info.ownerName === ownerName) {
    // Nothing to do is a success here (W-2), where upstream answers OK with success=false.
    return { operations: [], answer: ok({ setVolumePropertyResponse: { response: false } }) };
  }
  return {
    operations: [
      putVolume({ ...touched(info, context), ownerName }),
      { kind: 'delete', table: USER_VOLUMES, key: userVolumeKey(info.ownerName, info.volume) },
      { kind: 'put', table: USER_VOLUMES, key: userVolumeKey(ownerName, info.volume), value: NO_VALUE },
    ],
    answer: ok({ setVolumePropertyResponse: { response: true } }),
  };
}

function planQuotas(view: StateView, info: VolumeInfo, change: Change, context: PlanContext): Plan {
  const fault =
    volumeSpaceFault(signed(change.quotaInBytes ?? NEVER_SET), bucketsIn(view, info.volume)) ??
    volumeCountFault(signed(change.quotaInNamespace ?? NEVER_SET), bucketCount(view, info.volume));
  if (fault !== undefined) return refusedPlan(fault.status, fault.message);
  return {
    operations: [
      putVolume({
        ...touched(info, context),
        quotaInBytes: unsigned(changedQuota(signed(info.quotaInBytes ?? 0n), change.quotaInBytes)),
        quotaInNamespace: changedQuota(info.quotaInNamespace ?? NEVER_SET, change.quotaInNamespace),
      }),
    ],
    answer: ok({ setVolumePropertyResponse: {} }),
  };
}

function touched(info: VolumeInfo, context: PlanContext): VolumeInfo {
  return { ...info, modificationTime: context.nowMs, updateID: context.managedIndex };
}
