/** ListKeysLight: the page that ListKeys gives for the same request, with the little of each key that a listing shows (NS-KEY-14). */
import { hadoop } from '#proto';
import type { Plain } from '../../../wire/plain.js';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { etagOf } from '../../generations.js';
import type { KeyInfo } from '../../key-info.js';
import { listPage } from '../../key-listing.js';

type BasicKeyInfo = Plain<hadoop.ozone.BasicKeyInfo.$Properties>;

export const listKeysLight: ReadCommand = {
  type: hadoop.ozone.Type.ListKeysLight,
  readClass: 'coordinated',

  answer(view, request) {
    const page = listPage(view, request);
    if (isRefusal(page)) return page;
    return ok({
      listKeysLightResponse: { basicKeyInfo: page.keys.map(({ info }) => basic(info)), isTruncated: page.isTruncated },
    });
  },
};

function basic(info: KeyInfo): BasicKeyInfo {
  const eTag = etagOf(info);
  return {
    keyName: info.keyName,
    dataSize: info.dataSize,
    creationTime: info.creationTime,
    modificationTime: info.modificationTime,
    type: info.type,
    ...(info.factor == null ? {} : { factor: info.factor }),
    ...(info.ecReplicationConfig == null ? {} : { ecReplicationConfig: info.ecReplicationConfig }),
    ...(eTag ? { eTag } : {}),
    ...(info.ownerName == null ? {} : { ownerName: info.ownerName }),
    isEncrypted: info.fileEncryptionInfo != null,
    isFile: info.isFile ?? true,
  };
}
