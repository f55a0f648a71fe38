/**
 * The requests that the kit itself makes, outside of scenarios: to find a leader, to examine a cluster, to remove what a run
 * left. Each is a whole request but for the client id.
 */
import { hadoop } from '#proto';
import type { OMRequest } from './outcome.js';

const { Type, ListVolumeRequest } = hadoop.ozone;

type Request = Omit<OMRequest, 'clientId'>;

/** A write without effect: accepted by a leader alone (HA-1). */
export const echoWrite: Request = { cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: false } };

/** A read without data: answered by every node that runs. */
export const echoRead: Request = { cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: true } };

/** For every group that there is. */
export const msync: Request = { cmdType: Type.Msync, msyncRequest: {} };

export const serviceList: Request = { cmdType: Type.ServiceList, serviceListRequest: {} };

export function listVolumes(prefix: string, prevKey: string, maxKeys: number): Request {
  const scope = ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER;
  return { cmdType: Type.ListVolume, listVolumeRequest: { scope, prefix, prevKey, maxKeys } };
}

export function listBuckets(volumeName: string, startKey: string, count: number): Request {
  return { cmdType: Type.ListBuckets, listBucketsRequest: { volumeName, startKey, prefix: '', count } };
}

export function listKeys(volumeName: string, bucketName: string, startKey: string, count: number): Request {
  return { cmdType: Type.ListKeys, listKeysRequest: { volumeName, bucketName, startKey, prefix: '', count } };
}

/** A page of what is at the root of a bucket, whose layout may be one that ListKeys does not walk. */
export function listRoot(volumeName: string, bucketName: string, entries: bigint): Request {
  const keyArgs = { volumeName, bucketName, keyName: '' };
  return {
    cmdType: Type.ListStatus,
    listStatusRequest: { keyArgs, recursive: false, startKey: '', numEntries: entries },
  };
}

export function deleteVolume(volumeName: string): Request {
  return { cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName } };
}

export function deleteBucket(volumeName: string, bucketName: string): Request {
  return { cmdType: Type.DeleteBucket, deleteBucketRequest: { volumeName, bucketName } };
}

export function deleteKey(volumeName: string, bucketName: string, keyName: string): Request {
  return {
    cmdType: Type.DeleteKey,
    deleteKeyRequest: { keyArgs: { volumeName, bucketName, keyName, recursive: true } },
  };
}
