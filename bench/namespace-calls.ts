/** The calls of the namespace that are measured, as operations of the generator: keys without blocks, which every OM can hold. */
import { hadoop } from '#proto';
import type { Operation } from './caller.js';
import { type Body, encoded, omOperation } from './om-operation.js';

const { BucketLayoutProto, OMResponse, Type } = hadoop.ozone;

/** Where the keys of one run are. */
export interface Place {
  readonly volumeName: string;
  readonly bucketName: string;
}

export function createBucket(place: Place, layout: 'OBJECT_STORE' | 'FILE_SYSTEM_OPTIMIZED'): Body {
  return {
    cmdType: Type.CreateBucket,
    createBucketRequest: {
      bucketInfo: {
        ...place,
        isVersionEnabled: false,
        storageType: hadoop.hdds.StorageTypeProto.DISK,
        bucketLayout: BucketLayoutProto[layout],
      },
    },
  };
}

/** CreateKey and its CommitKey, as one call. */
export function writeKey(address: string, place: Place, keyName: (n: number) => string): Operation {
  const keyArgs = (n: number) => ({ ...place, keyName: keyName(n) });
  return {
    ...omOperation('create and commit', address, (n) =>
      encoded({ cmdType: Type.CreateKey, createKeyRequest: { keyArgs: keyArgs(n) } }),
    ),
    follow: (answer, n) => {
      const clientID = OMResponse.decode(answer).createKeyResponse?.ID;
      if (clientID === undefined || clientID === null) throw new Error('a CreateKey was answered OK without an ID');
      return encoded({ cmdType: Type.CommitKey, commitKeyRequest: { keyArgs: keyArgs(n), clientID } });
    },
  };
}

export function readKey(address: string, place: Place, keyName: (n: number) => string): Operation {
  return omOperation('GetKeyInfo', address, (n) =>
    encoded({ cmdType: Type.GetKeyInfo, GetKeyInfoRequest: { keyArgs: { ...place, keyName: keyName(n) } } }),
  );
}

/** A page of 1,000 keys that begins after a key that is there. */
export function listPage(address: string, place: Place, startKey: (n: number) => string): Operation {
  return omOperation('ListKeys, 1,000', address, (n) =>
    encoded({
      cmdType: Type.ListKeys,
      listKeysRequest: { ...place, startKey: startKey(n), prefix: '', count: 1000 },
    }),
  );
}

export function renameDirectory(address: string, place: Place, name: string): Operation {
  let times = 0;
  return omOperation(`rename of ${name}`, address, () => {
    times += 1;
    const [from, to] = times % 2 === 1 ? [name, `${name}-2`] : [`${name}-2`, name];
    return encoded({
      cmdType: Type.RenameKey,
      renameKeyRequest: { keyArgs: { ...place, keyName: from }, toKeyName: to },
    });
  });
}
