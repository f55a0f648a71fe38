/**
 * Operations on one key. A key without content of its own is told from another by its metadata: it needs no blocks, so that an
 * OM without datanodes can hold it.
 */
import { hadoop } from '#proto';
import type { Plain } from '../../wire/plain.js';
import { type BucketPlace, type Replication, replicationConfig } from './bucket.js';
import type { Operations } from './kinds.js';

const { Type } = hadoop.ozone;

export interface KeyPlace extends BucketPlace {
  readonly key: string;
}

/** A name and its value, as metadata and tags are made of. */
export type Pair = readonly [name: string, value: string];

/** What a client says of a key that it writes. */
export interface KeySaid {
  /** Stands for what is in the key. */
  readonly content?: string;
  readonly metadata?: readonly Pair[];
  readonly tags?: readonly Pair[];
  /** Bytes that it has in blocks of the OM (capability `blocks`). */
  readonly bytes?: bigint;
  /** The bytes are said at the commit alone: no block is asked for, so that an OM without datanodes can count them. */
  readonly inNoBlock?: true;
}

/** A block that an OM gave, as a commit reports it. */
export type Block = Plain<hadoop.ozone.KeyLocation.$Properties>;

export type KeyOperation =
  /** Opens a session; its answer has the client id that a commit needs. */
  | ({
      readonly kind: 'open-key';
      readonly expectedGeneration?: bigint;
      readonly owner?: string;
      readonly replication?: Replication;
    } & KeySaid &
      KeyPlace)
  | ({
      readonly kind: 'commit-key';
      readonly clientId: bigint;
      readonly bytes?: bigint;
      readonly blocks?: readonly Block[];
      /** Beside what the session was opened with. */
      readonly metadata?: readonly Pair[];
    } & KeyPlace)
  | ({ readonly kind: 'allocate-block'; readonly clientId: bigint } & KeyPlace)
  /** GetKeyInfo: the read of a key where nothing else is said. */
  | ({ readonly kind: 'read-key' } & KeyPlace)
  /** LookupKey: the older read of the same. */
  | ({ readonly kind: 'look-up-key' } & KeyPlace)
  | ({ readonly kind: 'delete-key' } & KeyPlace)
  | ({ readonly kind: 'rename-key'; readonly to: string } & KeyPlace)
  | ({ readonly kind: 'put-tags'; readonly tags: readonly Pair[] } & KeyPlace)
  | ({ readonly kind: 'read-tags' } & KeyPlace)
  | ({ readonly kind: 'remove-tags' } & KeyPlace);

/** Name of the metadata entry that stands for a key's content. */
export const CONTENT = 'omc-content';

const read = ({ volume, bucket, key }: KeyPlace): KeyOperation => ({ kind: 'read-key', volume, bucket, key });
/** The names of a key as every request has them. */
export const args = ({ volume, bucket, key }: KeyPlace) => ({ volumeName: volume, bucketName: bucket, keyName: key });
const pairs = (said: readonly Pair[]) => said.map(([key, value]) => ({ key, value }));

export const keyOperations: Operations<KeyOperation> = {
  'open-key': {
    request: ({
      content,
      metadata = [],
      tags,
      expectedGeneration,
      bytes,
      inNoBlock,
      owner,
      replication,
      ...place
    }) => ({
      cmdType: Type.CreateKey,
      createKeyRequest: {
        keyArgs: {
          ...args(place),
          metadata: pairs(content === undefined ? metadata : [[CONTENT, content], ...metadata]),
          ...(tags === undefined ? {} : { tags: pairs(tags) }),
          ...(bytes === undefined || inNoBlock ? {} : { dataSize: bytes }),
          ...(expectedGeneration === undefined ? {} : { expectedDataGeneration: expectedGeneration }),
          ...(owner === undefined ? {} : { ownerName: owner }),
          ...(replication === undefined ? {} : replicationConfig(replication)),
        },
      },
    }),
    subject: read,
  },
  'commit-key': {
    request: ({ clientId, bytes = 0n, blocks = [], metadata = [], ...place }) => ({
      cmdType: Type.CommitKey,
      commitKeyRequest: {
        clientID: clientId,
        keyArgs: {
          ...args(place),
          dataSize: bytes,
          ...(blocks.length === 0 ? {} : { keyLocations: [...blocks] }),
          ...(metadata.length === 0 ? {} : { metadata: pairs(metadata) }),
        },
      },
    }),
    subject: read,
  },
  'allocate-block': {
    request: ({ clientId, ...place }) => ({
      cmdType: Type.AllocateBlock,
      allocateBlockRequest: { clientID: clientId, keyArgs: args(place) },
    }),
    subject: read,
  },
  'read-key': {
    request: (place) => ({ cmdType: Type.GetKeyInfo, GetKeyInfoRequest: { keyArgs: args(place) } }),
    subject: read,
  },
  'look-up-key': {
    request: (place) => ({ cmdType: Type.LookupKey, lookupKeyRequest: { keyArgs: args(place) } }),
    subject: read,
  },
  'delete-key': {
    request: (place) => ({ cmdType: Type.DeleteKey, deleteKeyRequest: { keyArgs: args(place) } }),
    subject: read,
  },
  'rename-key': {
    request: ({ to, ...place }) => ({
      cmdType: Type.RenameKey,
      renameKeyRequest: { keyArgs: args(place), toKeyName: to },
    }),
    subject: read,
  },
  'put-tags': {
    request: ({ tags, ...place }) => ({
      cmdType: Type.PutObjectTagging,
      putObjectTaggingRequest: { keyArgs: { ...args(place), tags: pairs(tags) } },
    }),
    subject: read,
  },
  'read-tags': {
    request: (place) => ({ cmdType: Type.GetObjectTagging, getObjectTaggingRequest: { keyArgs: args(place) } }),
    subject: read,
  },
  'remove-tags': {
    request: (place) => ({ cmdType: Type.DeleteObjectTagging, deleteObjectTaggingRequest: { keyArgs: args(place) } }),
    subject: read,
  },
};
