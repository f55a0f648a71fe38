/** InfoBucket: one bucket as it stands (NS-BKT-1); a missing volume and a missing bucket are told apart (NS-VOL-3). */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../answers.js';
import { bucketAnswer } from '../../bucket-answer.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { getBucket, getVolume } from '../../records.js';

export const infoBucket: ReadCommand = {
  type: hadoop.ozone.Type.InfoBucket,
  readClass: 'coordinated',

  answer(view, request) {
    const { volumeName, bucketName } = request.infoBucketRequest ?? { volumeName: '', bucketName: '' };
    if (getVolume(view, volumeName) === undefined) {
      return refusal(Status.VOLUME_NOT_FOUND, `Volume ${volumeName} is not found`);
    }
    const info = getBucket(view, volumeName, bucketName);
    if (info === undefined) {
      return refusal(Status.BUCKET_NOT_FOUND, `Bucket ${volumeName}/${bucketName} is not found`);
    }
    const bucketInfo = bucketAnswer(view, info);
    return isRefusal(bucketInfo) ? bucketInfo : ok({ infoBucketResponse: { bucketInfo } });
  },
};
