/** Operations on buckets and links, and the pages of a volume's listing. */
import { hadoop } from '#proto';
import { type Operations, type Request, unsignedLimit, WHOLE_PAGE } from './kinds.js';

const { hdds, ozone } = hadoop;
const { Type } = ozone;

export const BUCKET_LAYOUTS = ['OBJECT_STORE', 'FILE_SYSTEM_OPTIMIZED', 'LEGACY'] as const;
export type BucketLayout = (typeof BUCKET_LAYOUTS)[number];

/** What a bucket is stored on. */
export const STORAGE_TYPES = ['DISK', 'SSD', 'ARCHIVE'] as const;
export type StorageType = (typeof STORAGE_TYPES)[number];

/** How often keys are kept that do not say it themselves. */
export const REPLICATIONS = ['RATIS/ONE', 'RATIS/THREE', 'RS-3-2-1024k'] as const;
export type Replication = (typeof REPLICATIONS)[number];

export interface BucketPlace {
  readonly volume: string;
  readonly bucket: string;
}

/** What a request says of a bucket; what is left out is not said. */
export interface BucketProperties {
  readonly owner?: string;
  readonly versioning?: boolean;
  readonly storage?: StorageType;
  /** −1: no limit. */
  readonly quotaInBytes?: bigint;
  /** Keys and directories; −1: no limit. */
  readonly quotaInNames?: bigint;
  readonly replication?: Replication;
  readonly metadata?: readonly { readonly key: string; readonly value: string }[];
}

export type BucketOperation =
  | ({
      readonly kind: 'create-bucket';
      readonly layout?: BucketLayout;
      readonly properties?: BucketProperties;
      /** What a link leads to. */
      readonly source?: BucketPlace;
    } & BucketPlace)
  | ({ readonly kind: 'read-bucket' } & BucketPlace)
  | ({ readonly kind: 'change-bucket'; readonly properties: BucketProperties } & BucketPlace)
  | ({ readonly kind: 'delete-bucket' } & BucketPlace)
  /** All of them that one page holds. */
  | { readonly kind: 'list-buckets'; readonly volume: string };

const read = ({ volume, bucket }: BucketPlace): BucketOperation => ({ kind: 'read-bucket', volume, bucket });
const names = ({ volume: volumeName, bucket: bucketName }: BucketPlace) => ({ volumeName, bucketName });

export const bucketOperations: Operations<BucketOperation> = {
  'create-bucket': {
    request: ({ layout = 'OBJECT_STORE', properties = {}, source, ...place }) => ({
      cmdType: Type.CreateBucket,
      createBucketRequest: {
        bucketInfo: {
          ...names(place),
          isVersionEnabled: false,
          storageType: hdds.StorageTypeProto.DISK,
          ...said(properties),
          ...(properties.owner === undefined ? {} : { owner: properties.owner }),
          ...quotas(properties, (value) => value),
          bucketLayout: ozone.BucketLayoutProto[layout],
          ...(source === undefined ? {} : { sourceVolume: source.volume, sourceBucket: source.bucket }),
        },
      },
    }),
    subject: read,
  },
  'read-bucket': {
    request: (place) => ({ cmdType: Type.InfoBucket, infoBucketRequest: names(place) }),
    subject: read,
  },
  'change-bucket': {
    request: ({ properties, ...place }) => ({
      cmdType: Type.SetBucketProperty,
      setBucketPropertyRequest: {
        bucketArgs: {
          ...names(place),
          ...said(properties),
          ...(properties.owner === undefined ? {} : { ownerName: properties.owner }),
          // Signed in BucketInfo.
          ...quotas(properties, unsignedLimit),
        },
      },
    }),
    subject: read,
  },
  'delete-bucket': {
    request: (place) => ({ cmdType: Type.DeleteBucket, deleteBucketRequest: names(place) }),
    subject: read,
  },
  'list-buckets': {
    request: ({ volume }) => bucketPageRequest({ volume, prefix: undefined, startKey: undefined, count: WHOLE_PAGE }),
    subject: (operation) => operation,
  },
};

/** Which buckets of a volume a page shows (NS-BKT-6); what is left out is not said. */
export interface BucketPage {
  readonly volume: string;
  readonly prefix: string | undefined;
  /** Exclusive. */
  readonly startKey: string | undefined;
  readonly count: number;
}

export function bucketPageRequest({ volume, prefix, startKey, count }: BucketPage): Request {
  return {
    cmdType: Type.ListBuckets,
    listBucketsRequest: {
      volumeName: volume,
      count,
      ...(prefix === undefined ? {} : { prefix }),
      ...(startKey === undefined ? {} : { startKey }),
    },
  };
}

/** What a new bucket and a change of one say in the same fields. */
function said({ versioning, storage, replication, metadata }: BucketProperties) {
  return {
    ...(versioning === undefined ? {} : { isVersionEnabled: versioning }),
    ...(storage === undefined ? {} : { storageType: hdds.StorageTypeProto[storage] }),
    ...(replication === undefined ? {} : { defaultReplicationConfig: replicationConfig(replication) }),
    ...(metadata === undefined ? {} : { metadata: [...metadata] }),
  };
}

function quotas({ quotaInBytes: bytes, quotaInNames: entries }: BucketProperties, onWire: (value: bigint) => bigint) {
  return {
    ...(bytes === undefined ? {} : { quotaInBytes: onWire(bytes) }),
    ...(entries === undefined ? {} : { quotaInNamespace: onWire(entries) }),
  };
}

/** In the fields that a bucket's default and the arguments of a key have alike. */
export function replicationConfig(replication: Replication) {
  const { ReplicationType, ReplicationFactor } = hdds;
  switch (replication) {
    case 'RATIS/ONE':
      return { type: ReplicationType.RATIS, factor: ReplicationFactor.ONE };
    case 'RATIS/THREE':
      return { type: ReplicationType.RATIS, factor: ReplicationFactor.THREE };
    // Three parts of data and two of parity, in pieces of 1 MiB.
    case 'RS-3-2-1024k':
      return {
        type: ReplicationType.EC,
        ecReplicationConfig: { data: 3, parity: 2, codec: 'RS', ecChunkSize: 1024 * 1024 },
      };
  }
}
