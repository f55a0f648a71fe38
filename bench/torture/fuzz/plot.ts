/**
 * A plot: a volume with buckets, keys and directories of its own that one line of the fuzz works on, the valid requests that are
 * sent to it in whole or in broken form, and the reads that show all of it.
 */
import { hadoop } from '#proto';
import { encode, type Plain } from '../../../kit/wire/plain.js';

const { hdds, ozone } = hadoop;
const { BucketLayoutProto, ListVolumeRequest, OMRequest, Type } = ozone;

export type Request = Omit<Plain<hadoop.ozone.OMRequest.$Properties>, 'clientId'>;

const CLIENT = 'fuzz';
const KEYS = ['a', 'b/a', 'c'] as const;

export function encoded(request: Request): Uint8Array {
  return encode(OMRequest, { ...request, clientId: CLIENT, version: 3 });
}

export class Plot {
  constructor(readonly volumeName: string) {}

  /** Makes what is missing; on a whole plot every one of them is refused. */
  makings(): readonly Request[] {
    const { volumeName } = this;
    return [
      {
        cmdType: Type.CreateVolume,
        createVolumeRequest: {
          volumeInfo: { adminName: CLIENT, ownerName: volumeName, volume: volumeName, metadata: [], volumeAcls: [] },
        },
      },
      this.#createBucket('flat', BucketLayoutProto.OBJECT_STORE),
      this.#createBucket('tree', BucketLayoutProto.FILE_SYSTEM_OPTIMIZED),
      {
        cmdType: Type.CreateDirectory,
        createDirectoryRequest: { keyArgs: this.#args('tree', 'd/e') },
      },
    ];
  }

  /** The keys of a whole plot, as the requests that write them. */
  keys(): readonly { readonly open: Request; readonly commit: (session: bigint) => Request }[] {
    return ['flat', 'tree'].flatMap((bucketName) =>
      KEYS.map((name) => ({
        open: this.#open(bucketName, name),
        commit: (session: bigint) => this.#commit(bucketName, name, session),
      })),
    );
  }

  /** What is sent, one after the other; `session` is the last that was opened here. */
  requests(session: bigint): readonly Request[] {
    const { volumeName } = this;
    const bucket = (bucketName: string) => ({ volumeName, bucketName });
    return [
      ...this.makings(),
      { cmdType: Type.SetVolumeProperty, setVolumePropertyRequest: { volumeName, ownerName: `${volumeName}-2` } },
      { cmdType: Type.SetVolumeProperty, setVolumePropertyRequest: { volumeName, quotaInNamespace: 50n } },
      { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName } },
      {
        cmdType: Type.ListVolume,
        listVolumeRequest: { scope: ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER, prefix: volumeName, maxKeys: 5 },
      },
      {
        cmdType: Type.CreateBucket,
        createBucketRequest: {
          bucketInfo: {
            ...bucket('link'),
            isVersionEnabled: false,
            storageType: hdds.StorageTypeProto.DISK,
            sourceVolume: volumeName,
            sourceBucket: 'flat',
            metadata: [{ key: 'm', value: 'v' }],
            acls: [],
          },
        },
      },
      { cmdType: Type.InfoBucket, infoBucketRequest: bucket('link') },
      {
        cmdType: Type.SetBucketProperty,
        setBucketPropertyRequest: {
          bucketArgs: { ...bucket('flat'), isVersionEnabled: true, quotaInNamespace: 100n, metadata: [] },
        },
      },
      { cmdType: Type.ListBuckets, listBucketsRequest: { volumeName, startKey: '', prefix: '', count: 10 } },
      { cmdType: Type.DeleteBucket, deleteBucketRequest: bucket('link') },
      ...['flat', 'tree'].flatMap((name) => this.#keyRequests(name, session)),
      {
        cmdType: Type.CreateFile,
        createFileRequest: { keyArgs: this.#args('tree', 'd/f'), isRecursive: true, isOverwrite: true },
      },
      { cmdType: Type.DeleteKey, deleteKeyRequest: { keyArgs: { ...this.#args('tree', 'd'), recursive: true } } },
      {
        cmdType: Type.RenameKey,
        renameKeyRequest: { keyArgs: this.#args('tree', 'd/e'), toKeyName: 'd2' },
      },
      { cmdType: Type.EchoRPC, EchoRPCRequest: { payloadReq: Buffer.alloc(16), payloadSizeResp: 16, readOnly: false } },
      { cmdType: Type.ServiceList, serviceListRequest: {} },
      { cmdType: Type.PrepareStatus, prepareStatusRequest: { txnID: 1n } },
    ];
  }

  /** The reads that show the plot. */
  looks(): readonly Request[] {
    const { volumeName } = this;
    return [
      { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName } },
      { cmdType: Type.ListBuckets, listBucketsRequest: { volumeName, startKey: '', prefix: '', count: 1000 } },
      ...['flat', 'tree'].map(
        (bucketName): Request => ({
          cmdType: Type.ListKeys,
          listKeysRequest: { volumeName, bucketName, startKey: '', prefix: '', count: 1000 },
        }),
      ),
      this.listStatus(''),
    ];
  }

  listStatus(directory: string): Request {
    return {
      cmdType: Type.ListStatus,
      listStatusRequest: {
        keyArgs: this.#args('tree', directory),
        recursive: false,
        startKey: '',
        numEntries: 1000n,
        allowPartialPrefix: false,
      },
    };
  }

  #keyRequests(bucketName: string, session: bigint): Request[] {
    const { volumeName } = this;
    const keyArgs = (keyName: string) => this.#args(bucketName, keyName);
    return [
      ...KEYS.flatMap((name) => [this.#open(bucketName, name), this.#commit(bucketName, name, session)]),
      { cmdType: Type.AllocateBlock, allocateBlockRequest: { keyArgs: keyArgs('a'), clientID: session } },
      { cmdType: Type.LookupKey, lookupKeyRequest: { keyArgs: keyArgs('a') } },
      { cmdType: Type.GetKeyInfo, GetKeyInfoRequest: { keyArgs: keyArgs('c') } },
      { cmdType: Type.ListKeys, listKeysRequest: { volumeName, bucketName, startKey: 'a', prefix: 'a', count: 2 } },
      { cmdType: Type.ListKeysLight, listKeysRequest: { volumeName, bucketName, startKey: '', prefix: '', count: 9 } },
      { cmdType: Type.RenameKey, renameKeyRequest: { keyArgs: keyArgs('c'), toKeyName: 'c2' } },
      { cmdType: Type.DeleteKey, deleteKeyRequest: { keyArgs: keyArgs('c2') } },
      {
        cmdType: Type.RenameKeys,
        renameKeysRequest: {
          renameKeysArgs: { volumeName, bucketName, renameKeysMap: [{ fromKeyName: 'a', toKeyName: 'a2' }] },
        },
      },
      {
        cmdType: Type.DeleteKeys,
        deleteKeysRequest: { deleteKeys: { volumeName, bucketName, keys: ['a2', 'nothing'], updateIDs: [] } },
      },
      {
        cmdType: Type.PutObjectTagging,
        putObjectTaggingRequest: { keyArgs: { ...keyArgs('a'), tags: [{ key: 't', value: 'u' }] } },
      },
      { cmdType: Type.GetObjectTagging, getObjectTaggingRequest: { keyArgs: keyArgs('a') } },
      { cmdType: Type.DeleteObjectTagging, deleteObjectTaggingRequest: { keyArgs: keyArgs('a') } },
      { cmdType: Type.GetFileStatus, getFileStatusRequest: { keyArgs: keyArgs('d/e') } },
      this.listStatus('d'),
    ];
  }

  #open(bucketName: string, name: string): Request {
    const keyArgs = { ...this.#args(bucketName, name), metadata: [{ key: 'm', value: 'v' }], tags: [] };
    return { cmdType: Type.CreateKey, createKeyRequest: { keyArgs } };
  }

  #commit(bucketName: string, name: string, clientID: bigint): Request {
    const keyArgs = { ...this.#args(bucketName, name), dataSize: 0n };
    return { cmdType: Type.CommitKey, commitKeyRequest: { keyArgs, clientID } };
  }

  #createBucket(bucketName: string, bucketLayout: hadoop.ozone.BucketLayoutProto): Request {
    return {
      cmdType: Type.CreateBucket,
      createBucketRequest: {
        bucketInfo: {
          volumeName: this.volumeName,
          bucketName,
          isVersionEnabled: false,
          storageType: hdds.StorageTypeProto.DISK,
          bucketLayout,
          acls: [],
          metadata: [],
        },
      },
    };
  }

  #args(bucketName: string, keyName: string) {
    return { volumeName: this.volumeName, bucketName, keyName };
  }
}
