/** GetObjectTagging: the tags of a key (NS-KEY-9). */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { NO_KEY_ARGS } from '../../key-info.js';
import { readKey } from '../../key-read.js';

export const getObjectTagging: ReadCommand = {
  type: hadoop.ozone.Type.GetObjectTagging,
  readClass: 'coordinated',

  answer(view, request) {
    const info = readKey(view, request.getObjectTaggingRequest?.keyArgs ?? NO_KEY_ARGS);
    return isRefusal(info) ? info : ok({ getObjectTaggingResponse: { tags: info.tags ?? [] } });
  },
};
