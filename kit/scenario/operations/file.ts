/**
 * Operations on files and directories. A path is a key's name; a file that is there is read and deleted as a key, so only what
 * directories have of their own, and CreateFile, stands here.
 */
import { hadoop } from '#proto';
import { type Replication, replicationConfig } from './bucket.js';
import { type KeyPlace, args as keyArgs } from './key.js';
import { type Operations, WHOLE_PAGE } from './kinds.js';

const { Type } = hadoop.ozone;

export type FileOperation =
  | ({ readonly kind: 'create-directory' } & KeyPlace)
  /** Opens a session as CreateKey does. */
  | ({
      readonly kind: 'create-file';
      readonly withParents: boolean;
      readonly inPlace: boolean;
      /** How much is going to be written; where it is not said, an OM gives one block. */
      readonly bytes?: bigint;
      readonly replication?: Replication;
    } & KeyPlace)
  | ({ readonly kind: 'read-status' } & KeyPlace)
  /** One page. `from` is a whole path. */
  | ({ readonly kind: 'list-status'; readonly from?: string; readonly entries?: bigint } & KeyPlace)
  | ({ readonly kind: 'delete-directory'; readonly recursive: boolean } & KeyPlace)
  | ({ readonly kind: 'rename-directory'; readonly to: string } & KeyPlace);

const read = ({ volume, bucket, key }: KeyPlace): FileOperation => ({ kind: 'read-status', volume, bucket, key });

export const fileOperations: Operations<FileOperation> = {
  'create-directory': {
    request: (place) => ({
      cmdType: Type.CreateDirectory,
      createDirectoryRequest: { keyArgs: keyArgs(place) },
    }),
    subject: read,
  },
  'create-file': {
    request: ({ withParents, inPlace, bytes, replication, ...place }) => ({
      cmdType: Type.CreateFile,
      createFileRequest: {
        keyArgs: {
          ...keyArgs(place),
          ...(bytes === undefined ? {} : { dataSize: bytes }),
          ...(replication === undefined ? {} : replicationConfig(replication)),
        },
        isRecursive: withParents,
        isOverwrite: inPlace,
      },
    }),
    subject: read,
  },
  'read-status': {
    request: (place) => ({ cmdType: Type.GetFileStatus, getFileStatusRequest: { keyArgs: keyArgs(place) } }),
    subject: read,
  },
  'list-status': {
    request: ({ from = '', entries = BigInt(WHOLE_PAGE), ...place }) => ({
      cmdType: Type.ListStatus,
      listStatusRequest: { keyArgs: keyArgs(place), recursive: false, startKey: from, numEntries: entries },
    }),
    subject: read,
  },
  'delete-directory': {
    request: ({ recursive, ...place }) => ({
      cmdType: Type.DeleteKey,
      deleteKeyRequest: { keyArgs: { ...keyArgs(place), recursive } },
    }),
    subject: read,
  },
  'rename-directory': {
    request: ({ to, ...place }) => ({
      cmdType: Type.RenameKey,
      renameKeyRequest: { keyArgs: keyArgs(place), toKeyName: to },
    }),
    subject: read,
  },
};
