/**
 * CreateBucket: makes a bucket of a good, free name in a volume that is there (NS-VOL-3), within the volume's quotas.
 * Ids, times and counters are ours to set; what keys cost the bucket is for the key commands.
 */
import { hadoop } from '#proto';
import { aclFault, addAcl, allRightsOf, inheritAcls, withFixedNames } from '../../acls.js';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, PlanContext, WriteCommand } from '../../command.js';
import { metadataFault, storedMetadata } from '../../metadata.js';
import { nameFault } from '../../names.js';
import { bucketCountFault, bucketSpaceFault, NEVER_SET, signed } from '../../quotas.js';
import {
  addToBucketCount,
  type BucketInfo,
  bucketCount,
  bucketsIn,
  getBucket,
  getVolume,
  putBucket,
  type Volume,
} from '../../records.js';
import { bucketDefault } from '../../replication.js';
import { volumeLocks } from '../../volume-locks.js';

const { BucketLayoutProto, Type } = hadoop.ozone;

function asked(request: OMRequest): BucketInfo {
  const nothing = {
    volumeName: '',
    bucketName: '',
    isVersionEnabled: false,
    storageType: hadoop.hdds.StorageTypeProto.DISK,
  };
  return request.createBucketRequest?.bucketInfo ?? nothing;
}

export const createBucket: WriteCommand = {
  type: Type.CreateBucket,
  readClass: 'leader-only',

  validate(request) {
    const info = asked(request);
    const badName = nameFault(info.bucketName);
    if (badName !== undefined) return refusal(Status.INVALID_BUCKET_NAME, `bucket ${badName}`);
    if ((info.sourceVolume == null) !== (info.sourceBucket == null)) {
      return refusal(Status.INVALID_REQUEST, 'A link needs both a source volume and a source bucket');
    }
    if (info.beinfo != null) {
      return refusal(Status.INVALID_KMS_PROVIDER, 'Buckets cannot be encrypted here: there is no key provider');
    }
    const fault = metadataFault(info.metadata ?? []) ?? aclFault(info.acls ?? []);
    if (fault !== undefined) return refusal(Status.INVALID_REQUEST, fault);
    const replication = info.defaultReplicationConfig && bucketDefault(info.defaultReplicationConfig);
    return replication != null && isRefusal(replication) ? replication : undefined;
  },

  locks(view, request) {
    const { volumeName, bucketName } = asked(request);
    const volume = getVolume(view, volumeName);
    if (volume === undefined) return volumeLocks(volume, volumeName, 'shared');
    // A limit that counts the other buckets is exact only when none of them is being made or removed meanwhile.
    const locks = volumeLocks(volume, volumeName, limited(volume) ? 'exclusive' : 'shared');
    return [...locks, { kind: 'slot', parentObjectId: volume.objectId, name: bucketName }];
  },

  plan(view, request, context) {
    const info = asked(request);
    const volume = getVolume(view, info.volumeName);
    if (volume === undefined) return refusedPlan(Status.VOLUME_NOT_FOUND, `Volume ${info.volumeName} is not found`);
    if (getBucket(view, info.volumeName, info.bucketName) !== undefined) {
      return refusedPlan(Status.BUCKET_ALREADY_EXISTS, `Bucket ${info.volumeName}/${info.bucketName} already exists`);
    }
    const fault =
      bucketSpaceFault(signed(volume.info.quotaInBytes ?? 0n), info, bucketsIn(view, info.volumeName)) ??
      bucketCountFault(volume.info.quotaInNamespace ?? NEVER_SET, bucketCount(view, info.volumeName));
    if (fault !== undefined) return refusedPlan(fault.status, fault.message);
    return {
      operations: [putBucket(created(info, volume, context)), addToBucketCount(info.volumeName, 1n)],
      answer: ok({ createBucketResponse: {} }),
    };
  },
};

function limited({ info }: Volume): boolean {
  return signed(info.quotaInBytes ?? 0n) > 0n || (info.quotaInNamespace ?? NEVER_SET) > 0n;
}

/** The record of a new bucket. Fields that only we may set are not taken from the request (NS-QTA-1). */
function created(info: BucketInfo, volume: Volume, context: PlanContext): BucketInfo {
  const { beinfo: _none, raftGroup: _ours, defaultReplicationConfig: config, ...asAsked } = info;
  const replication = config == null ? undefined : bucketDefault(config);
  const acls = addAcl(withFixedNames(info.acls ?? []), allRightsOf(context.user));
  return {
    ...asAsked,
    ...(replication === undefined || isRefusal(replication) ? {} : { defaultReplicationConfig: replication }),
    acls: inheritAcls(acls, volume.info.volumeAcls ?? []),
    metadata: storedMetadata(info.metadata ?? []),
    bucketLayout: info.bucketLayout ?? BucketLayoutProto.FILE_SYSTEM_OPTIMIZED,
    quotaInBytes: info.quotaInBytes ?? NEVER_SET,
    quotaInNamespace: info.quotaInNamespace ?? NEVER_SET,
    creationTime: context.nowMs,
    modificationTime: context.nowMs,
    objectID: context.objectId,
    updateID: context.managedIndex,
    usedBytes: 0n,
    usedNamespace: 0n,
    snapshotUsedBytes: 0n,
    snapshotUsedNamespace: 0n,
  };
}
