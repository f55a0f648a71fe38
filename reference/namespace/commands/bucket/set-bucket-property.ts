/**
 * SetBucketProperty: gives a bucket another owner, or other properties, and leaves everything that the request does not name
 * (NS-BKT-7). A request that names an owner changes nothing else, as upstream.
 */
import { hadoop } from '#proto';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, Plan, PlanContext, WriteCommand } from '../../command.js';
import { mergedMetadata, metadataFault } from '../../metadata.js';
import { changedQuota, NEVER_SET, newBucketEntriesFault, newBucketSpaceFault } from '../../quotas.js';
import { type BucketInfo, bucketsIn, getBucket, getVolume, isLink, putBucket, type Volume } from '../../records.js';
import { bucketDefault } from '../../replication.js';
import { bucketUsage } from '../../usage.js';
import { container, volumeLocks } from '../../volume-locks.js';

type BucketArgs = NonNullable<NonNullable<OMRequest['setBucketPropertyRequest']>['bucketArgs']>;

function asked(request: OMRequest): BucketArgs {
  return request.setBucketPropertyRequest?.bucketArgs ?? { volumeName: '', bucketName: '' };
}

export const setBucketProperty: WriteCommand = {
  type: hadoop.ozone.Type.SetBucketProperty,
  readClass: 'leader-only',

  validate(request) {
    const { ownerName, bekInfo, metadata } = asked(request);
    if (ownerName == null && bekInfo != null) {
      return refusal(Status.INVALID_KMS_PROVIDER, 'Buckets cannot be encrypted here: there is no key provider');
    }
    const fault = metadataFault(metadata ?? []);
    if (fault !== undefined) return refusal(Status.INVALID_REQUEST, fault);
    const replication = askedDefault(asked(request));
    return replication !== undefined && isRefusal(replication) ? replication : undefined;
  },

  locks(view, request) {
    const { volumeName, bucketName, quotaInBytes } = asked(request);
    const volume = getVolume(view, volumeName);
    // A space quota is judged by those of the other buckets, which must stay as they are.
    const locks = volumeLocks(volume, volumeName, quotaInBytes == null ? 'shared' : 'exclusive');
    if (volume === undefined) return locks;
    const bucket = getBucket(view, volumeName, bucketName);
    return [
      ...locks,
      { kind: 'slot', parentObjectId: volume.objectId, name: bucketName },
      ...(bucket?.objectID == null ? [] : [container(bucket.objectID, 'exclusive')]),
    ];
  },

  plan(view, request, context) {
    const args = asked(request);
    const volume = getVolume(view, args.volumeName);
    const info = getBucket(view, args.volumeName, args.bucketName);
    if (volume === undefined || info === undefined) {
      // A missing volume is a missing bucket here, as upstream (NS-VOL-3).
      return refusedPlan(Status.BUCKET_NOT_FOUND, `Bucket ${args.volumeName}/${args.bucketName} is not found`);
    }
    if (args.ownerName != null) return planOwner(info, args.ownerName, context);
    if (isLink(info)) return refusedPlan(Status.NOT_SUPPORTED_OPERATION, 'A link has no properties of its own');
    const used = bucketUsage(view, info.objectID ?? 0n);
    const fault =
      newBucketSpaceFault(args.quotaInBytes, { info, used: used.bytes, volume, others: others(view, volume, info) }) ??
      newBucketEntriesFault(args.quotaInNamespace, used.entries);
    if (fault !== undefined) return refusedPlan(fault.status, fault.message);
    return {
      operations: [putBucket({ ...touched(info, context), ...changes(info, args) })],
      answer: ok({ setBucketPropertyResponse: {} }),
    };
  },
};

function planOwner(info: BucketInfo, owner: string, context: PlanContext): Plan {
  if (info.owner === owner) {
    // Nothing to do is a success here (W-2), where upstream answers OK with success=false.
    return { operations: [], answer: ok({ setBucketPropertyResponse: { response: false } }) };
  }
  return {
    operations: [putBucket({ ...touched(info, context), owner })],
    answer: ok({ setBucketPropertyResponse: { response: true } }),
  };
}

function* others(view: Parameters<typeof bucketsIn>[0], volume: Volume, { bucketName }: BucketInfo) {
  for (const bucket of bucketsIn(view, volume.info.volume)) if (bucket.bucketName !== bucketName) yield bucket;
}

function askedDefault({ defaultReplicationConfig: config }: BucketArgs) {
  return config == null ? undefined : bucketDefault(config);
}

function changes(info: BucketInfo, args: BucketArgs): Partial<BucketInfo> {
  const replication = askedDefault(args);
  return {
    metadata: mergedMetadata(info.metadata ?? [], args.metadata ?? []),
    quotaInBytes: changedQuota(info.quotaInBytes ?? NEVER_SET, args.quotaInBytes ?? undefined),
    quotaInNamespace: changedQuota(info.quotaInNamespace ?? NEVER_SET, args.quotaInNamespace ?? undefined),
    ...(args.storageType == null ? {} : { storageType: args.storageType }),
    ...(args.isVersionEnabled == null ? {} : { isVersionEnabled: args.isVersionEnabled }),
    ...(replication === undefined || isRefusal(replication) ? {} : { defaultReplicationConfig: replication }),
  };
}

function touched(info: BucketInfo, context: PlanContext): BucketInfo {
  return { ...info, modificationTime: context.nowMs, updateID: context.managedIndex };
}
