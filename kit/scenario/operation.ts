/**
 * What a client does to the namespace, in the words of the features, and the request that it is on the wire. Which operations
 * there are on volumes, buckets, keys, files and the cluster stands in `operations/`; nothing here chooses a node or judges an answer.
 */
import { type BucketOperation, bucketOperations } from './operations/bucket.js';
import { type ClusterOperation, clusterOperations } from './operations/cluster.js';
import { type FileOperation, fileOperations } from './operations/file.js';
import { type KeyOperation, keyOperations } from './operations/key.js';
import { type KeysOperation, keysOperations } from './operations/keys.js';
import type { Operations, Request } from './operations/kinds.js';
import { type VolumeOperation, volumeOperations } from './operations/volume.js';

export type { Request } from './operations/kinds.js';
export { pageRequest, type Quota, someOwner } from './operations/volume.js';

/** One request of a client about something that has a name. Names are those on the wire. */
export type NamespaceOperation = VolumeOperation | BucketOperation | KeyOperation | KeysOperation | FileOperation;

/** One request of a client. */
export type Operation = NamespaceOperation | ClusterOperation;

const OPERATIONS: Operations<Operation> = {
  ...volumeOperations,
  ...bucketOperations,
  ...keyOperations,
  ...keysOperations,
  ...fileOperations,
  ...clusterOperations,
};

export function requestOf<Kind extends Operation['kind']>(operation: Extract<Operation, { kind: Kind }>): Request {
  return known<Kind>(operation).request(operation);
}

/** The read that shows what an operation works on. */
export function subjectRead<Kind extends Operation['kind']>(operation: Extract<Operation, { kind: Kind }>): Operation {
  return known<Kind>(operation).subject(operation);
}

/** What is done and to what, for a message: `create-volume of alpha`. */
export function inWords(operation: Operation): string {
  return 'volume' in operation ? `${operation.kind} of ${operation.volume}` : operation.kind;
}

function known<Kind extends Operation['kind']>({ kind }: { readonly kind: Kind }): Operations<Operation>[Kind] {
  return OPERATIONS[kind];
}
