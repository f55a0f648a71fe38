/**
 * What a flat bucket shows as files and directories (GetFileStatus, ListStatus). A name's beginning up to a slash is a directory,
 * which need not have a record of its own. Listings are in byte order of whole names (NS-FSO-2).
 */
import type { StateView } from '../../storage/state-store.js';
import { refusal, Status } from '../answers.js';
import { type Bucket, isRefusal } from '../bucket-of.js';
import type { Answer } from '../command.js';
import type { FileStatus, StatusRange } from '../file-space.js';
import { decodeKey, getKey, type KeyInfo } from '../key-info.js';
import { childKey, KEYS } from '../tables.js';

const ROOT: FileStatus = { directory: true, info: undefined };

/** A key of exactly this name is a file, as upstream, also with a slash behind it. */
export function flatStatus(view: StateView, { objectId }: Bucket, name: string): FileStatus | Answer {
  if (name === '') return ROOT;
  const file = getKey(view, KEYS, childKey(objectId, name));
  if (file !== undefined) return { directory: false, info: file };
  const path = directoryName(name);
  for (const [, value] of view.scan(KEYS, { prefix: childKey(objectId, path), limit: 1 })) {
    return directoryAt(decodeKey(value), path);
  }
  return refusal(Status.FILE_NOT_FOUND, `${name} is not found`);
}

/** With a start key nobody asks whether the directory is there: nothing is in one that is not. */
export function flatList(view: StateView, bucket: Bucket, range: StatusRange): Iterable<FileStatus> | Answer {
  const { name, startKey } = range;
  if (startKey === '') {
    const status = flatStatus(view, bucket, name);
    if (isRefusal(status)) return status;
    if (!status.directory) return [status];
  }
  return statuses(view, bucket, name === '' ? '' : directoryName(name), range);
}

export function directoryName(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** Rows that are read at once where a directory was passed over: the next may be one as well. More when none is. */
const FEW = 2;
const MANY = 256;

/** From the start key on; what is below a child is passed over in one step, unless it is wanted. */
function* statuses(
  view: StateView,
  { objectId }: Bucket,
  path: string,
  { startKey, recursive }: StatusRange,
): Generator<FileStatus> {
  const prefix = childKey(objectId, path);
  let next: { readonly from: Uint8Array } | { readonly after: Uint8Array } | undefined = {
    from: childKey(objectId, startKey),
  };
  for (let limit = MANY; next !== undefined; ) {
    const rows: Iterable<readonly [Uint8Array, Uint8Array]> = view.scan(KEYS, { prefix, limit, ...next });
    next = undefined;
    limit = MANY;
    for (const [row, value] of rows) {
      const info = decodeKey(value);
      next = { after: row };
      if (info.keyName === path) continue;
      const slash = recursive ? info.keyName.length - 1 : info.keyName.indexOf('/', path.length);
      if (info.keyName[slash] !== '/') {
        yield { directory: false, info };
        continue;
      }
      const child = info.keyName.slice(0, slash + 1);
      yield directoryAt(info, child);
      if (recursive) continue;
      // The least name behind all that begin with the child's: its slash counted up.
      next = { from: childKey(objectId, `${child.slice(0, -1)}0`) };
      limit = FEW;
      break;
    }
  }
}

/** The directory that the first of the keys in it shows: its own record, or one made up after that key. */
function directoryAt(first: KeyInfo, path: string): FileStatus {
  if (first.keyName === path) return { directory: true, info: first };
  const { volumeName, bucketName, type, factor, ecReplicationConfig, acls, ownerName } = first;
  const { creationTime, modificationTime } = first;
  return {
    directory: true,
    info: {
      ...{ volumeName, bucketName, keyName: path, dataSize: 0n, type },
      ...(factor == null ? {} : { factor }),
      ...(ecReplicationConfig == null ? {} : { ecReplicationConfig }),
      keyLocationList: [{ version: 0n, isMultipartKey: false }],
      ...{ creationTime, modificationTime, latestVersion: 0n },
      ...{ acls: acls ?? [], objectID: 0n, updateID: 0n, parentID: 0n, isFile: false, ownerName },
    },
  };
}
