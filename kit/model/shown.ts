/**
 * What an answer shows, in the model's terms: the fields that the model speaks of, under its own names. It judges nothing; what is
 * missing on the wire is missing here.
 */
import { hadoop } from '#proto';
import type { OMResponse } from '../wire/outcome.js';
import type { WireNames } from './wire-names.js';

const { BucketLayoutProto, Status, Type } = hadoop.ozone;
const { ReplicationFactor, ReplicationType, StorageTypeProto } = hadoop.hdds;

export type Shown = string | boolean | bigint | undefined | readonly Shown[] | { readonly [field: string]: Shown };

export interface ShownAnswer {
  readonly status: string;
  readonly success: boolean;
  readonly body: Shown;
}

export function shownAnswer(response: OMResponse, names: WireNames): ShownAnswer {
  return {
    status: Status[response.status] ?? `status ${response.status}`,
    success: response.success ?? true,
    body: bodyOf(response, names),
  };
}

/** Only commands whose answers say something are named. */
function bodyOf(response: OMResponse, names: WireNames): Shown {
  switch (response.cmdType) {
    case Type.InfoVolume:
      return volumeOf(response.infoVolumeResponse?.volumeInfo, names);
    case Type.SetVolumeProperty:
      return { response: response.setVolumePropertyResponse?.response };
    case Type.SetBucketProperty:
      return { response: response.setBucketPropertyResponse?.response };
    case Type.InfoBucket:
      return bucketOf(response.infoBucketResponse?.bucketInfo, names);
    case Type.ListBuckets:
      return (response.listBucketsResponse?.bucketInfo ?? []).map((bucket) => bucketOf(bucket, names));
    case Type.CreateKey: {
      const { ID, keyInfo } = response.createKeyResponse ?? {};
      return { session: ID, key: keyOf(keyInfo, names) };
    }
    case Type.CreateFile: {
      const { ID, keyInfo } = response.createFileResponse ?? {};
      return { session: ID, key: keyOf(keyInfo, names) };
    }
    case Type.AllocateBlock:
      return { block: response.allocateBlockResponse?.keyLocation?.blockID !== undefined };
    case Type.LookupKey:
      return { key: keyOf(response.lookupKeyResponse?.keyInfo, names) };
    case Type.GetKeyInfo:
      return { key: keyOf(response.GetKeyInfoResponse?.keyInfo, names) };
    case Type.GetObjectTagging:
      return { tags: pairs(response.getObjectTaggingResponse?.tags) };
    case Type.DeleteKeys: {
      const { status, unDeletedKeys, errors } = response.deleteKeysResponse ?? {};
      return {
        status,
        volume: names.short(unDeletedKeys?.volumeName ?? ''),
        bucket: unDeletedKeys?.bucketName,
        left: unDeletedKeys?.keys ?? [],
        errors: Object.fromEntries((errors ?? []).map(({ key, errorCode }) => [key ?? '', errorCode ?? ''])),
      };
    }
    case Type.RenameKeys: {
      const { status, unRenamedKeys } = response.renameKeysResponse ?? {};
      const left = (unRenamedKeys ?? []).map(({ fromKeyName, toKeyName }) => ({ from: fromKeyName, to: toKeyName }));
      return { status, left };
    }
    case Type.ListKeys: {
      const { keyInfo, isTruncated } = response.listKeysResponse ?? {};
      return { keys: (keyInfo ?? []).map((key) => keyOf(key, names)), truncated: isTruncated };
    }
    case Type.ListKeysLight: {
      const { basicKeyInfo, isTruncated } = response.listKeysLightResponse ?? {};
      return { keys: (basicKeyInfo ?? []).map(lightKeyOf), truncated: isTruncated };
    }
    case Type.GetFileStatus:
      return { status: fileOf(response.getFileStatusResponse?.status, names) };
    case Type.ListStatus:
      return { statuses: (response.listStatusResponse?.statuses ?? []).map((status) => fileOf(status, names)) };
    default:
      return undefined;
  }
}

type Of<T> = NonNullable<T>;
type VolumeInfo = Of<Of<OMResponse['infoVolumeResponse']>['volumeInfo']>;
type BucketInfo = Of<Of<OMResponse['infoBucketResponse']>['bucketInfo']>;
type KeyInfo = Of<Of<OMResponse['lookupKeyResponse']>['keyInfo']>;
type BasicKeyInfo = Of<Of<OMResponse['listKeysLightResponse']>['basicKeyInfo']>[number];
type FileStatus = Of<Of<OMResponse['getFileStatusResponse']>['status']>;

function volumeOf(info: VolumeInfo | null | undefined, names: WireNames): Shown {
  if (info === null || info === undefined) return undefined;
  return {
    volume: names.short(info.volume),
    owner: info.ownerName,
    quotaInBytes: signed(info.quotaInBytes ?? 0n),
    quotaInNamespace: info.quotaInNamespace ?? -2n,
    usedNamespace: info.usedNamespace ?? 0n,
    objectID: info.objectID ?? undefined,
    updateID: info.updateID ?? undefined,
    creationTime: info.creationTime ?? undefined,
  };
}

function bucketOf(info: BucketInfo | null | undefined, names: WireNames): Shown {
  if (info === null || info === undefined) return undefined;
  const { sourceVolume, sourceBucket, bucketLayout } = info;
  const isLink = (sourceVolume ?? '') !== '' || (sourceBucket ?? '') !== '';
  return {
    volume: names.short(info.volumeName),
    bucket: info.bucketName,
    layout: bucketLayout === null || bucketLayout === undefined ? undefined : BucketLayoutProto[bucketLayout],
    versioned: info.isVersionEnabled,
    ssd: info.storageType === StorageTypeProto.SSD,
    owner: info.owner ?? '',
    metadata: pairs(info.metadata),
    quotaInBytes: info.quotaInBytes ?? -2n,
    quotaInNamespace: info.quotaInNamespace ?? -2n,
    usedNamespace: info.usedNamespace ?? 0n,
    usedBytes: info.usedBytes ?? 0n,
    source: isLink ? `${names.short(sourceVolume ?? '')}/${sourceBucket ?? ''}` : '',
    objectID: info.objectID ?? undefined,
    updateID: info.updateID ?? undefined,
    creationTime: info.creationTime ?? undefined,
  };
}

function keyOf(info: KeyInfo | null | undefined, names: WireNames): Shown {
  if (info === null || info === undefined) return undefined;
  return {
    volume: names.short(info.volumeName),
    bucket: info.bucketName,
    key: info.keyName,
    dataSize: info.dataSize,
    replication: replicationOf(info.type, info.factor),
    owner: info.ownerName ?? '',
    metadata: pairs(info.metadata),
    tags: pairs(info.tags),
    isFile: info.isFile ?? undefined,
    parentID: info.parentID ?? 0n,
    objectID: info.objectID ?? undefined,
    updateID: info.updateID ?? undefined,
    creationTime: info.creationTime,
  };
}

function lightKeyOf(info: BasicKeyInfo): Shown {
  return {
    key: info.keyName ?? undefined,
    dataSize: info.dataSize ?? undefined,
    replication: replicationOf(info.type ?? undefined, info.factor),
    owner: info.ownerName ?? '',
    isFile: info.isFile ?? undefined,
    creationTime: info.creationTime ?? undefined,
  };
}

function fileOf(status: FileStatus | null | undefined, names: WireNames): Shown {
  if (status === null || status === undefined) return undefined;
  return { isDirectory: status.isDirectory ?? undefined, key: keyOf(status.keyInfo, names) };
}

function replicationOf(type: number | undefined, factor: number | null | undefined): string {
  const factorName = factor === null || factor === undefined ? 'NONE' : ReplicationFactor[factor];
  return `${type === undefined ? 'NONE' : ReplicationType[type]}/${factorName}`;
}

/** A name that comes twice counts as neither of its values. */
function pairs(list: readonly { key: string; value?: string | null }[] | null | undefined): Shown {
  const found = new Map<string, string>();
  for (const { key, value } of list ?? []) found.set(key, found.has(key) ? '(twice)' : (value ?? ''));
  return Object.fromEntries(found);
}

function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
