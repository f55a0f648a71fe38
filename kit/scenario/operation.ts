/**
 * What a client does to the namespace, in the words of the features, and the request that it is on the wire. It chooses no
 * node and judges no answer.
 */
import { hadoop } from '#proto';
import type { OMRequest } from '../wire/outcome.js';

const { ozone, hdds } = hadoop;
const { Type } = ozone;

/** A whole request but for the client id. */
export type Request = Omit<OMRequest, 'clientId'>;

export interface Quota {
  /** −1: no limit. */
  readonly bytes: bigint;
  /** Buckets that a volume may hold; −1: no limit; undefined: not said. */
  readonly buckets: bigint | undefined;
}

/** Names are those on the wire. */
export type Operation =
  | {
      readonly kind: 'create-volume';
      readonly volume: string;
      readonly owner: string;
      readonly quota: Quota | undefined;
    }
  | { readonly kind: 'read-volume'; readonly volume: string }
  | { readonly kind: 'delete-volume'; readonly volume: string }
  | { readonly kind: 'set-owner'; readonly volume: string; readonly owner: string }
  | { readonly kind: 'set-quota'; readonly volume: string; readonly quota: Quota }
  | { readonly kind: 'create-bucket'; readonly volume: string; readonly bucket: string }
  | { readonly kind: 'read-bucket'; readonly volume: string; readonly bucket: string }
  | { readonly kind: 'delete-bucket'; readonly volume: string; readonly bucket: string };

/** Owner of a volume where a feature names none. */
export const SOME_OWNER = 'omc-owner';
const ADMIN = 'omc-admin';
/** −1 as the unsigned number that the wire has for a quota in bytes. */
const UNSIGNED_MINUS_ONE = 2n ** 64n - 1n;

export function requestOf(operation: Operation): Request {
  const { volume: volumeName } = operation;
  switch (operation.kind) {
    case 'create-volume':
      return {
        cmdType: Type.CreateVolume,
        createVolumeRequest: {
          volumeInfo: { adminName: ADMIN, ownerName: operation.owner, volume: volumeName, ...limits(operation.quota) },
        },
      };
    case 'read-volume':
      return { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName } };
    case 'delete-volume':
      return { cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName } };
    case 'set-owner':
      return { cmdType: Type.SetVolumeProperty, setVolumePropertyRequest: { volumeName, ownerName: operation.owner } };
    case 'set-quota':
      return {
        cmdType: Type.SetVolumeProperty,
        setVolumePropertyRequest: { volumeName, ...unsignedLimits(operation.quota) },
      };
    case 'create-bucket':
      return {
        cmdType: Type.CreateBucket,
        createBucketRequest: {
          bucketInfo: {
            volumeName,
            bucketName: operation.bucket,
            isVersionEnabled: false,
            storageType: hdds.StorageTypeProto.DISK,
            bucketLayout: ozone.BucketLayoutProto.OBJECT_STORE,
          },
        },
      };
    case 'read-bucket':
      return { cmdType: Type.InfoBucket, infoBucketRequest: { volumeName, bucketName: operation.bucket } };
    case 'delete-bucket':
      return { cmdType: Type.DeleteBucket, deleteBucketRequest: { volumeName, bucketName: operation.bucket } };
  }
}

/** The read that shows what an operation works on. */
export function subjectRead(operation: Operation): Operation {
  switch (operation.kind) {
    case 'create-volume':
    case 'read-volume':
    case 'delete-volume':
    case 'set-owner':
    case 'set-quota':
      return { kind: 'read-volume', volume: operation.volume };
    case 'create-bucket':
    case 'read-bucket':
    case 'delete-bucket':
      return { kind: 'read-bucket', volume: operation.volume, bucket: operation.bucket };
  }
}

/** A page of the cluster's volumes in name order (NS-VOL-6). */
export function pageRequest(prefix: string, prevKey: string | undefined, maxKeys: number): Request {
  const scope = ozone.ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER;
  return {
    cmdType: Type.ListVolume,
    listVolumeRequest: { scope, prefix, maxKeys, ...(prevKey === undefined ? {} : { prevKey }) },
  };
}

/** VolumeInfo has a signed quota of names beside an unsigned one of bytes. */
function limits(quota: Quota | undefined): { quotaInBytes?: bigint; quotaInNamespace?: bigint } {
  if (quota === undefined) return {};
  return {
    quotaInBytes: unsigned(quota.bytes),
    ...(quota.buckets === undefined ? {} : { quotaInNamespace: quota.buckets }),
  };
}

/** SetVolumePropertyRequest has two unsigned ones. */
function unsignedLimits(quota: Quota): { quotaInBytes: bigint; quotaInNamespace?: bigint } {
  return {
    quotaInBytes: unsigned(quota.bytes),
    ...(quota.buckets === undefined ? {} : { quotaInNamespace: unsigned(quota.buckets) }),
  };
}

function unsigned(value: bigint): bigint {
  return value === -1n ? UNSIGNED_MINUS_ONE : value;
}
