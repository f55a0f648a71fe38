/**
 * ListBuckets: the buckets of a volume in name order, a page at a time (NS-BKT-6). `startKey` is exclusive and need not exist
 * any more. Links are shown as they are, not as what they lead to.
 */
import { hadoop } from '#proto';
import { decode } from '../../../wire/plain.js';
import { ok, refusal, Status } from '../../answers.js';
import { withUsage } from '../../bucket-answer.js';
import type { ReadCommand } from '../../command.js';
import { type BucketInfo, getVolume, isLink } from '../../records.js';
import { BUCKETS, bucketKey } from '../../tables.js';

export const listBuckets: ReadCommand = {
  type: hadoop.ozone.Type.ListBuckets,
  readClass: 'coordinated',

  answer(view, request) {
    const { volumeName, startKey, prefix, count, hasSnapshot } = request.listBucketsRequest ?? { volumeName: '' };
    if (getVolume(view, volumeName) === undefined) {
      return refusal(Status.VOLUME_NOT_FOUND, `Volume ${volumeName} is not found`);
    }
    // No bucket has snapshots here. A page of no stated size is empty, as upstream.
    const limit = hasSnapshot === true ? 0 : Math.max(0, count ?? 0);
    const range = {
      prefix: bucketKey(volumeName, prefix ?? ''),
      ...(startKey ? { after: bucketKey(volumeName, startKey) } : {}),
      limit,
    };
    const bucketInfo: BucketInfo[] = [];
    for (const [, value] of view.scan(BUCKETS, range)) {
      const info = decode(hadoop.ozone.BucketInfo, value);
      bucketInfo.push(isLink(info) ? info : withUsage(view, info));
    }
    return ok({ listBucketsResponse: { bucketInfo } });
  },
};
