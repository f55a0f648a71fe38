/**
 * Operations on keys. A key without content of its own is told from another by its metadata: it needs no blocks, so that an OM
 * without datanodes can hold it.
 */
import { hadoop } from '#proto';
import type { BucketPlace } from './bucket.js';
import type { Operations } from './kinds.js';

const { Type } = hadoop.ozone;

export interface KeyPlace extends BucketPlace {
  readonly key: string;
}

export type KeyOperation =
  /** Opens a session; its answer has the client id that a commit needs. */
  | ({ readonly kind: 'open-key'; readonly content?: string } & KeyPlace)
  | ({ readonly kind: 'commit-key'; readonly clientId: bigint } & KeyPlace)
  | ({ readonly kind: 'read-key' } & KeyPlace)
  | ({ readonly kind: 'delete-key' } & KeyPlace);

/** Name of the metadata entry that stands for a key's content. */
export const CONTENT = 'omc-content';

const read = ({ volume, bucket, key }: KeyPlace): KeyOperation => ({ kind: 'read-key', volume, bucket, key });
const args = ({ volume, bucket, key }: KeyPlace) => ({ volumeName: volume, bucketName: bucket, keyName: key });

export const keyOperations: Operations<KeyOperation> = {
  'open-key': {
    request: ({ content, ...place }) => ({
      cmdType: Type.CreateKey,
      createKeyRequest: {
        keyArgs: { ...args(place), metadata: content === undefined ? [] : [{ key: CONTENT, value: content }] },
      },
    }),
    subject: read,
  },
  'commit-key': {
    request: ({ clientId, ...place }) => ({
      cmdType: Type.CommitKey,
      commitKeyRequest: { clientID: clientId, keyArgs: { ...args(place), dataSize: 0n } },
    }),
    subject: read,
  },
  'read-key': {
    request: (place) => ({ cmdType: Type.GetKeyInfo, GetKeyInfoRequest: { keyArgs: args(place) } }),
    subject: read,
  },
  'delete-key': {
    request: (place) => ({ cmdType: Type.DeleteKey, deleteKeyRequest: { keyArgs: args(place) } }),
    subject: read,
  },
};
