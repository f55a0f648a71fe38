/** GetFileStatus: whether a name is a file or a directory, and its record (NS-FSO-2, NS-FSO-7). */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { ReadCommand } from '../../command.js';
import { filesOf } from '../../files-of.js';
import { NO_KEY_ARGS } from '../../key-info.js';
import { snapshotFault } from '../../key-names.js';
import { targetOf } from '../../key-target.js';
import { shownStatus } from './file-status.js';

export const getFileStatus: ReadCommand = {
  type: hadoop.ozone.Type.GetFileStatus,
  readClass: 'coordinated',

  answer(view, request) {
    const args = request.getFileStatusRequest?.keyArgs ?? NO_KEY_ARGS;
    const target = targetOf(view, args);
    if (isRefusal(target)) return target;
    const snapshot = snapshotFault(args.keyName);
    if (snapshot !== undefined) return snapshot;
    const { bucket } = target;
    const status = filesOf(bucket).status(view, bucket, args.keyName);
    return isRefusal(status) ? status : ok({ getFileStatusResponse: { status: shownStatus(status, args) } });
  },
};
