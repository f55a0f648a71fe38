/** Operations on several keys of one bucket at once: listings, and lists of keys that are deleted or renamed in one request. */
import { hadoop } from '#proto';
import type { BucketPlace } from './bucket.js';
import { type Operations, WHOLE_PAGE } from './kinds.js';

const { Type } = hadoop.ozone;

/** Which keys of a bucket a listing is about. */
export interface KeyRange {
  readonly prefix?: string;
  /** Exclusive. */
  readonly after?: string;
}

export interface Renaming {
  readonly from: string;
  readonly to: string;
}

export type KeysOperation =
  | ({ readonly kind: 'list-keys'; readonly count: number } & KeyRange & BucketPlace)
  /** The same with less said of each key. */
  | ({ readonly kind: 'list-keys-light'; readonly count: number } & KeyRange & BucketPlace)
  | ({ readonly kind: 'delete-keys'; readonly keys: readonly string[] } & BucketPlace)
  | ({ readonly kind: 'rename-keys'; readonly renamings: readonly Renaming[] } & BucketPlace);

const names = ({ volume: volumeName, bucket: bucketName }: BucketPlace) => ({ volumeName, bucketName });
const read = ({ volume, bucket }: BucketPlace): KeysOperation => ({
  kind: 'list-keys',
  volume,
  bucket,
  count: WHOLE_PAGE,
});
const range = ({ prefix, after, count, ...place }: { readonly count: number } & KeyRange & BucketPlace) => ({
  ...names(place),
  ...(prefix === undefined ? {} : { prefix }),
  ...(after === undefined ? {} : { startKey: after }),
  count,
});

export const keysOperations: Operations<KeysOperation> = {
  'list-keys': {
    request: (asked) => ({ cmdType: Type.ListKeys, listKeysRequest: range(asked) }),
    subject: read,
  },
  'list-keys-light': {
    request: (asked) => ({ cmdType: Type.ListKeysLight, listKeysRequest: range(asked) }),
    subject: read,
  },
  'delete-keys': {
    request: ({ keys, ...place }) => ({
      cmdType: Type.DeleteKeys,
      deleteKeysRequest: { deleteKeys: { ...names(place), keys: [...keys] } },
    }),
    subject: read,
  },
  'rename-keys': {
    request: ({ renamings, ...place }) => ({
      cmdType: Type.RenameKeys,
      renameKeysRequest: {
        renameKeysArgs: {
          ...names(place),
          renameKeysMap: renamings.map(({ from, to }) => ({ fromKeyName: from, toKeyName: to })),
        },
      },
    }),
    subject: read,
  },
};
