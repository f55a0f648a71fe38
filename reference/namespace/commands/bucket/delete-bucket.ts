/**
 * DeleteBucket: removes a bucket. A missing volume is BUCKET_NOT_FOUND like a missing bucket, as upstream (NS-VOL-3). While
 * there are no key commands every bucket is empty.
 */
import { hadoop } from '#proto';
import { ok, refusedPlan, Status } from '../../answers.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { addToBucketCount, getBucket, getVolume } from '../../records.js';
import { BUCKETS, bucketKey } from '../../tables.js';
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
    if (getBucket(view, volumeName, bucketName) === undefined) {
      return refusedPlan(Status.BUCKET_NOT_FOUND, `Bucket ${volumeName}/${bucketName} is not found`);
    }
    return {
      operations: [
        { kind: 'delete', table: BUCKETS, key: bucketKey(volumeName, bucketName) },
        addToBucketCount(volumeName, -1n),
      ],
      answer: ok({ deleteBucketResponse: {} }),
    };
  },
};
