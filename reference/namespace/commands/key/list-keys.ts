/**
 * ListKeys: the committed keys of a bucket in byte order of their names, a page at a time (NS-KEY-8), with their newest version.
 * Records go into the page as they are stored: a thousand of them decoded and encoded again would take most of its time.
 */

import { Writer } from 'protobufjs/minimal.js';
import { hadoop } from '#proto';
import { decode, encode } from '../../../wire/plain.js';
import { fieldCount } from '../../../wire/raw-fields.js';
import { okEncoded } from '../../answers.js';
import { slim } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import type { ListedKey } from '../../key-info.js';
import { listPage, type Page } from '../../key-listing.js';

const { ListKeysResponse, KeyInfo } = hadoop.ozone;

/** Fields as they stand on the wire: number and wire type (proto/om.proto). */
const LIST_KEYS_RESPONSE = (35 << 3) | 2;
const KEY_INFO = (2 << 3) | 2;
const IS_TRUNCATED = (3 << 3) | 0;
/** Of KeyInfo. */
const KEY_LOCATION_LIST = 7;

export const listKeys: ReadCommand = {
  type: hadoop.ozone.Type.ListKeys,
  readClass: 'coordinated',

  answer(view, request) {
    const page = listPage(view, request);
    if (isRefusal(page)) return page;
    const response = encodedPage(page);
    const encoded = Writer.create().uint32(LIST_KEYS_RESPONSE).bytes(response).finish();
    return okEncoded(encoded, () => ({ listKeysResponse: decode(ListKeysResponse, response) }));
  },
};

function encodedPage({ keys, isTruncated }: Page): Uint8Array {
  const writer = Writer.create();
  for (const key of keys) writer.uint32(KEY_INFO).bytes(slimRecord(key));
  return writer.uint32(IS_TRUNCATED).bool(isTruncated).finish();
}

function slimRecord(key: ListedKey): Uint8Array {
  return fieldCount(key.record, KEY_LOCATION_LIST) > 1 ? encode(KeyInfo, slim(key.info)) : key.record;
}
