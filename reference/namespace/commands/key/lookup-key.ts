/** LookupKey: one committed key as it stands (NS-KEY-11). */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { NO_KEY_ARGS } from '../../key-info.js';
import { readKey } from '../../key-read.js';

export const lookupKey: ReadCommand = {
  type: hadoop.ozone.Type.LookupKey,
  readClass: 'coordinated',

  answer(view, request) {
    const keyInfo = readKey(view, request.lookupKeyRequest?.keyArgs ?? NO_KEY_ARGS);
    return isRefusal(keyInfo) ? keyInfo : ok({ lookupKeyResponse: { keyInfo } });
  },
};
