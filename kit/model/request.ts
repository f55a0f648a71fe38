/** A command of the model as a request on the wire. Ids are those that the OM was seen to choose (`sightings.ts`). */
import { hadoop } from '#proto';
import type { OMRequest } from '../wire/outcome.js';
import type { BucketPlace, Command, KeyPlace, NewKey, Pairs, Replication } from './command.js';
import { expectedGeneration, sessionPlace } from './sessions.js';
import type { Sightings } from './sightings.js';
import type { State } from './state.js';
import type { WireNames } from './wire-names.js';

const { BucketLayoutProto, Type } = hadoop.ozone;
const { ReplicationFactor, ReplicationType, StorageTypeProto } = hadoop.hdds;

type Request = Omit<OMRequest, 'clientId'>;

/** Ids that no OM gives: low and odd. */
const NO_SESSION = 5n;
const NO_GENERATION = 77_777_777_777n;

/** @returns undefined for a command that names no place, because nothing was opened yet */
export function requestOf(state: State, command: Command, names: WireNames, sightings: Sightings): Request | undefined {
  const bucketArgs = (place: BucketPlace) => ({ volumeName: names.volume(place.volume), bucketName: place.bucket });
  const keyArgs = (place: KeyPlace) => ({ ...bucketArgs(place), keyName: place.key });
  switch (command.kind) {
    case 'create-volume': {
      const { volume, owner, quotaInBytes, quotaInNamespace } = command;
      const limits = {
        ...given('quotaInBytes', unsigned(quotaInBytes)),
        ...given('quotaInNamespace', quotaInNamespace),
      };
      return {
        cmdType: Type.CreateVolume,
        createVolumeRequest: {
          volumeInfo: { volume: names.volume(volume), ownerName: owner, adminName: 'model', ...limits },
        },
      };
    }
    case 'set-volume': {
      const { volume, owner, quotaInBytes, quotaInNamespace } = command;
      return {
        cmdType: Type.SetVolumeProperty,
        setVolumePropertyRequest: {
          volumeName: names.volume(volume),
          ...given('ownerName', owner),
          ...given('quotaInBytes', unsigned(quotaInBytes)),
          ...given('quotaInNamespace', unsigned(quotaInNamespace)),
        },
      };
    }
    case 'info-volume':
      return { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName: names.volume(command.volume) } };
    case 'delete-volume':
      return { cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName: names.volume(command.volume) } };
    case 'create-bucket': {
      const { source, owner, quotaInBytes, quotaInNamespace } = command;
      return {
        cmdType: Type.CreateBucket,
        createBucketRequest: {
          bucketInfo: {
            ...bucketArgs(command),
            isVersionEnabled: command.versioned,
            storageType: StorageTypeProto.DISK,
            bucketLayout: BucketLayoutProto[command.layout],
            metadata: entries(command.metadata),
            ...given('owner', owner),
            ...given('quotaInBytes', quotaInBytes),
            ...given('quotaInNamespace', quotaInNamespace),
            ...(source === undefined ? {} : { sourceVolume: names.volume(source.volume), sourceBucket: source.bucket }),
          },
        },
      };
    }
    case 'set-bucket': {
      const { owner, versioned, ssd, quotaInBytes, quotaInNamespace } = command;
      return {
        cmdType: Type.SetBucketProperty,
        setBucketPropertyRequest: {
          bucketArgs: {
            ...bucketArgs(command),
            metadata: entries(command.metadata),
            ...given('isVersionEnabled', versioned),
            ...given('storageType', ssd === undefined ? undefined : ssd ? StorageTypeProto.SSD : StorageTypeProto.DISK),
            ...given('ownerName', owner),
            ...given('quotaInBytes', unsigned(quotaInBytes)),
            ...given('quotaInNamespace', unsigned(quotaInNamespace)),
          },
        },
      };
    }
    case 'info-bucket':
      return { cmdType: Type.InfoBucket, infoBucketRequest: bucketArgs(command) };
    case 'delete-bucket':
      return { cmdType: Type.DeleteBucket, deleteBucketRequest: bucketArgs(command) };
    case 'list-buckets': {
      const { volume, startKey, prefix, count } = command;
      return {
        cmdType: Type.ListBuckets,
        listBucketsRequest: { volumeName: names.volume(volume), startKey, prefix, count },
      };
    }
    case 'create-key':
      return {
        cmdType: Type.CreateKey,
        createKeyRequest: {
          keyArgs: {
            ...keyArgs(command),
            ...given('dataSize', command.dataSize === 0 ? undefined : BigInt(command.dataSize)),
            ...replicationOf(command.replication),
            metadata: entries(command.metadata),
            tags: entries(command.tags),
            ...given('ownerName', command.owner),
            ...given('expectedDataGeneration', generationOf(state, command, sightings)),
          },
        },
      };
    case 'create-file':
      return {
        cmdType: Type.CreateFile,
        createFileRequest: {
          keyArgs: { ...keyArgs(command), dataSize: BigInt(command.dataSize), ...replicationOf('RATIS/THREE') },
          isRecursive: command.recursive,
          isOverwrite: command.overwrite,
        },
      };
    case 'commit-key':
    case 'allocate-block': {
      const named = sessionPlace(state, command);
      if (named === undefined) return undefined;
      const clientID = (named.session === undefined ? undefined : sightings.session(named.session)) ?? NO_SESSION;
      if (command.kind === 'allocate-block') {
        return { cmdType: Type.AllocateBlock, allocateBlockRequest: { keyArgs: keyArgs(named.place), clientID } };
      }
      const { metadata, dataSize } = command;
      const args = { ...keyArgs(named.place), dataSize: BigInt(dataSize), metadata: entries(metadata) };
      return { cmdType: Type.CommitKey, commitKeyRequest: { clientID, keyArgs: args } };
    }
    case 'lookup-key':
      return { cmdType: Type.LookupKey, lookupKeyRequest: { keyArgs: keyArgs(command) } };
    case 'get-key-info':
      return { cmdType: Type.GetKeyInfo, GetKeyInfoRequest: { keyArgs: keyArgs(command) } };
    case 'get-tags':
      return { cmdType: Type.GetObjectTagging, getObjectTaggingRequest: { keyArgs: keyArgs(command) } };
    case 'put-tags': {
      const args = { ...keyArgs(command), tags: entries(command.tags) };
      return { cmdType: Type.PutObjectTagging, putObjectTaggingRequest: { keyArgs: args } };
    }
    case 'delete-tags':
      return { cmdType: Type.DeleteObjectTagging, deleteObjectTaggingRequest: { keyArgs: keyArgs(command) } };
    case 'delete-key': {
      const args = { ...keyArgs(command), recursive: command.recursive };
      return { cmdType: Type.DeleteKey, deleteKeyRequest: { keyArgs: args } };
    }
    case 'delete-keys': {
      const deleteKeys = { ...bucketArgs(command), keys: [...command.keys] };
      return { cmdType: Type.DeleteKeys, deleteKeysRequest: { deleteKeys } };
    }
    case 'rename-key':
      return {
        cmdType: Type.RenameKey,
        renameKeyRequest: { keyArgs: keyArgs(command), toKeyName: command.to },
      };
    case 'rename-keys': {
      const renameKeysMap = command.pairs.map(({ from, to }) => ({ fromKeyName: from, toKeyName: to }));
      return {
        cmdType: Type.RenameKeys,
        renameKeysRequest: { renameKeysArgs: { ...bucketArgs(command), renameKeysMap } },
      };
    }
    case 'list-keys': {
      const { light, startKey, prefix, count } = command;
      return {
        cmdType: light ? Type.ListKeysLight : Type.ListKeys,
        listKeysRequest: { ...bucketArgs(command), startKey, prefix, count },
      };
    }
    case 'create-directory':
      return { cmdType: Type.CreateDirectory, createDirectoryRequest: { keyArgs: keyArgs(command) } };
    case 'get-file-status':
      return { cmdType: Type.GetFileStatus, getFileStatusRequest: { keyArgs: keyArgs(command) } };
    case 'list-status':
      return {
        cmdType: Type.ListStatus,
        listStatusRequest: {
          keyArgs: keyArgs(command),
          recursive: false,
          startKey: command.startKey,
          numEntries: BigInt(command.entries),
        },
      };
  }
}

function generationOf(state: State, command: NewKey, sightings: Sightings): bigint | undefined {
  const expects = expectedGeneration(state, command);
  if (expects === undefined) return undefined;
  if (expects === 'absent') return 0n;
  return (expects === 'never' ? undefined : sightings.generation(expects)) ?? NO_GENERATION;
}

function replicationOf(replication: Replication) {
  const factor = replication === 'RATIS/ONE' ? ReplicationFactor.ONE : ReplicationFactor.THREE;
  return { type: ReplicationType.RATIS, factor };
}

function entries(pairs: Pairs): { key: string; value: string }[] {
  return Object.entries(pairs).map(([key, value]) => ({ key, value }));
}

/** The field, or no field: absent and undefined are one to the model and two on the wire. */
function given<K extends string, V>(name: K, value: V | undefined): { [F in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [F in K]?: V });
}

/** uint64 fields carry −1 as 2^64−1. */
function unsigned(value: bigint | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt.asUintN(64, value);
}
