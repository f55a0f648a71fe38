/** GetKeyInfo: one committed key as LookupKey shows it (NS-KEY-11), with its volume when it was asked for as S3 names it. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { NO_KEY_ARGS } from '../../key-info.js';
import { readKey } from '../../key-read.js';
import { getVolume, volumeAnswer } from '../../records.js';

/** The volume that all S3 buckets are in. */
const S3_VOLUME = 's3v';

export const getKeyInfo: ReadCommand = {
  type: hadoop.ozone.Type.GetKeyInfo,
  readClass: 'coordinated',

  answer(view, request, context) {
    const args = request.GetKeyInfoRequest?.keyArgs ?? NO_KEY_ARGS;
    const s3 = request.GetKeyInfoRequest?.assumeS3Context === true;
    const keyInfo = readKey(view, s3 ? { ...args, volumeName: S3_VOLUME } : args);
    if (isRefusal(keyInfo)) return keyInfo;
    const volume = s3 ? getVolume(view, S3_VOLUME) : undefined;
    if (volume === undefined) return ok({ GetKeyInfoResponse: { keyInfo } });
    const volumeInfo = volumeAnswer(view, volume.info);
    return ok({ GetKeyInfoResponse: { keyInfo, volumeInfo, UserPrincipal: context.user } });
  },
};
