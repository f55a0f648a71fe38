/** ListStatus: what is in a directory, a page at a time (NS-FSO-2). The start key is in its page; a listing that goes on has it twice. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, ReadCommand } from '../../command.js';
import type { FileStatus } from '../../file-space.js';
import { filesOf } from '../../files-of.js';
import { NO_KEY_ARGS } from '../../key-info.js';
import { MAX_PAGE } from '../../key-listing.js';
import { snapshotFault } from '../../key-names.js';
import { targetOf } from '../../key-target.js';
import { shownStatus } from './file-status.js';

type ListStatusRequest = NonNullable<OMRequest['listStatusRequest']>;

/** A listing that goes on from its last name would not get any further with less; upstream's least as well. */
const MIN_PAGE = 2;
const NOTHING_ASKED: ListStatusRequest = { keyArgs: NO_KEY_ARGS, recursive: false, startKey: '', numEntries: 0n };

export const listStatus: ReadCommand = {
  type: hadoop.ozone.Type.ListStatus,
  readClass: 'coordinated',

  answer(view, request) {
    const { keyArgs, recursive, startKey, ...asked } = request.listStatusRequest ?? NOTHING_ASKED;
    const target = targetOf(view, keyArgs);
    if (isRefusal(target)) return target;
    const snapshot = snapshotFault(keyArgs.keyName);
    if (snapshot !== undefined) return snapshot;
    const entries = BigInt.asIntN(64, asked.numEntries);
    const { bucket } = target;
    const partial = asked.allowPartialPrefix === true;
    const found = filesOf(bucket).list(view, bucket, { name: keyArgs.keyName, startKey, recursive, partial });
    if (isRefusal(found)) return found;
    const page = taken(found, entries < MAX_PAGE ? Math.max(Number(entries), MIN_PAGE) : MAX_PAGE);
    return ok({ listStatusResponse: { statuses: page.map((status) => shownStatus(status, keyArgs)) } });
  },
};

function taken(statuses: Iterable<FileStatus>, count: number): readonly FileStatus[] {
  const page: FileStatus[] = [];
  for (const status of statuses) {
    page.push(status);
    if (page.length === count) break;
  }
  return page;
}
