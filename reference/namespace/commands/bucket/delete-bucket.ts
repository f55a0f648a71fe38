/**
 * DeleteBucket: removes a bucket without keys and directories (NS-BKT-5), or a link, whatever its source has. A missing volume
 * is BUCKET_NOT_FOUND like a missing bucket, as upstream (NS-VOL-3). Sessions that are still open do not keep a bucket; they go
 * with it, and their commit finds no bucket.
 */
import { hadoop } from '#proto';
import type { StateView } from '../../../storage/state-store.js';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import { asBucket, isRefusal } from '../../bucket-of.js';
import type { Answer, OMRequest, Operation, WriteCommand } from '../../command.js';
import { addToBucketCount, type BucketInfo, getBucket, getVolume, isLink } from '../../records.js';
import { spaceOf } from '../../space-of.js';
import { BUCKETS, bucketKey } from '../../tables.js';
import { dropUsage } from '../../usage.js';
import { container, volumeLocks } from '../../volume-locks.js';

function asked(request: OMRequest) {
  return request.deleteBucketRequest ?? { volumeName: '', bucketName: '' };
}

export const deleteBucket: WriteCommand = {
  type: hadoop.ozone.Type.DeleteBucket,
  readClass: 'leader-only',

  locks(view, request) {
    const { volumeName, bucketName } = asked(request);
    const volume = getVolume(view, volumeName);
    const locks = volumeLocks(volume, volumeName, 'shared');
    if (volume === undefined) return locks;
    const bucket = getBucket(view, volumeName, bucketName);
    return [
      ...locks,
      { kind: 'slot', parentObjectId: volume.objectId, name: bucketName },
      ...(bucket?.objectID == null ? [] : [container(bucket.objectID, 'exclusive')]),
    ];
  },

  plan(view, request) {
    const { volumeName, bucketName } = asked(request);
    const info = getBucket(view, volumeName, bucketName);
    if (info === undefined) {
      return refusedPlan(Status.BUCKET_NOT_FOUND, `Bucket ${volumeName}/${bucketName} is not found`);
    }
    const contents = contentsOf(view, info);
    if (isRefusal(contents)) return { operations: [], answer: contents };
    return {
      operations: [
        ...contents,
        { kind: 'delete', table: BUCKETS, key: bucketKey(volumeName, bucketName) },
        addToBucketCount(volumeName, -1n),
      ],
      answer: ok({ deleteBucketResponse: {} }),
    };
  },
};

function contentsOf(view: StateView, info: BucketInfo): readonly Operation[] | Answer {
  if (isLink(info)) return [];
  const bucket = asBucket(info);
  const operations = spaceOf(bucket).emptied(view, bucket);
  if (operations === undefined) {
    return refusal(Status.BUCKET_NOT_EMPTY, `Bucket ${info.volumeName}/${info.bucketName} still has keys`);
  }
  return [...operations, ...dropUsage(bucket.objectId)];
}
