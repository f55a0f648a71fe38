/** The request that a call of a history is on the wire. */
import { requestOf } from '../scenario/operation.js';
import { bucketPageRequest } from '../scenario/operations/bucket.js';
import type { Request } from '../scenario/operations/kinds.js';
import type { HistoryOperation } from './call.js';

/** @param clientId of the session that a commit ends */
export function historyRequest(operation: HistoryOperation, clientId: bigint): Request {
  switch (operation.kind) {
    case 'create-volume':
      return requestOf({ kind: 'create-volume', volume: operation.volume, owner: operation.owner, quota: undefined });
    case 'set-owner':
      return requestOf({ kind: 'set-owner', volume: operation.volume, owner: operation.owner });
    case 'open-key':
    case 'rename-key':
    case 'delete-keys':
      return requestOf(operation);
    case 'commit-key': {
      const { content: _content, ...place } = operation;
      return requestOf({ ...place, kind: 'commit-key', clientId });
    }
    case 'list-buckets': {
      const { volume, count, prefix, after } = operation;
      return bucketPageRequest({ volume, prefix, startKey: after, count });
    }
    case 'list-keys':
    case 'list-keys-light': {
      const { kind, volume, bucket, count, prefix, after } = operation;
      return requestOf({
        kind,
        volume,
        bucket,
        count,
        ...(prefix === undefined ? {} : { prefix }),
        ...(after === undefined ? {} : { after }),
      });
    }
    case 'read-volume':
    case 'delete-volume':
    case 'create-bucket':
    case 'read-bucket':
    case 'delete-bucket':
    case 'read-key':
    case 'look-up-key':
    case 'delete-key':
      return requestOf<typeof operation.kind>(operation);
  }
}
