/**
 * A bucket as clients see it: its record with what its keys use, and a link with what it shows of its source (NS-QTA-1,
 * NS-BKT-9). Reads only.
 */
import type { StateView } from '../storage/state-store.js';
import { Status } from './answers.js';
import { type Bucket, bucketOf, isRefusal } from './bucket-of.js';
import type { Answer } from './command.js';
import { mergedMetadata } from './metadata.js';
import { type BucketInfo, isLink } from './records.js';
import { bucketUsage } from './usage.js';

/** A link in a loop is refused; one whose source is gone shows itself alone. */
export function bucketAnswer(view: StateView, info: BucketInfo): BucketInfo | Answer {
  if (!isLink(info)) return withUsage(view, info);
  const source = bucketOf(view, info.sourceVolume ?? '', info.sourceBucket ?? '');
  if (!isRefusal(source)) return throughLink(info, withUsage(view, source.info));
  return source.status === Status.DETECTED_LOOP_IN_BUCKET_LINKS ? source : info;
}

export function withUsage(view: StateView, info: BucketInfo): BucketInfo {
  const used = bucketUsage(view, info.objectID ?? 0n);
  return { ...info, usedBytes: used.bytes, usedNamespace: used.entries };
}

/** Name, owner, rights, ids and times are the link's, the rest is the source's. */
function throughLink(link: BucketInfo, source: Bucket['info']): BucketInfo {
  const { defaultReplicationConfig: _own, ...asLink } = link;
  return {
    ...asLink,
    ...(source.defaultReplicationConfig == null ? {} : { defaultReplicationConfig: source.defaultReplicationConfig }),
    isVersionEnabled: source.isVersionEnabled,
    storageType: source.storageType,
    quotaInBytes: source.quotaInBytes,
    quotaInNamespace: source.quotaInNamespace,
    usedBytes: source.usedBytes,
    usedNamespace: source.usedNamespace,
    snapshotUsedBytes: source.snapshotUsedBytes,
    snapshotUsedNamespace: source.snapshotUsedNamespace,
    metadata: mergedMetadata(link.metadata ?? [], source.metadata ?? []),
    bucketLayout: source.bucketLayout,
  };
}
