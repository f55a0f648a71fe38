/** ListKeys: the committed keys of a bucket in byte order of their names, a page at a time (NS-KEY-8), with their newest version. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { slim } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { listPage } from '../../key-listing.js';

export const listKeys: ReadCommand = {
  type: hadoop.ozone.Type.ListKeys,
  readClass: 'coordinated',

  answer(view, request) {
    const page = listPage(view, request);
    if (isRefusal(page)) return page;
    return ok({ listKeysResponse: { keyInfo: page.keys.map(slim), isTruncated: page.isTruncated } });
  },
};
