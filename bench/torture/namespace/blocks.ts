/** Whether a cluster has blocks to give: it is asked for one. A real one has none without datanodes. */
import { hadoop } from '#proto';
import type { Subject } from './sequence.js';

const { BucketLayoutProto, Status, Type } = hadoop.ozone;

/** @param volume made and removed again */
export async function hasBlocks(ask: Subject['ask'], volume: string): Promise<boolean> {
  const place = { volumeName: volume, bucketName: 'box' };
  await ask({
    cmdType: Type.CreateVolume,
    createVolumeRequest: { volumeInfo: { volume, ownerName: 'torture', adminName: 'torture' } },
  });
  await ask({
    cmdType: Type.CreateBucket,
    createBucketRequest: {
      bucketInfo: {
        ...place,
        isVersionEnabled: false,
        storageType: hadoop.hdds.StorageTypeProto.DISK,
        bucketLayout: BucketLayoutProto.OBJECT_STORE,
      },
    },
  });
  const opened = await ask({
    cmdType: Type.CreateKey,
    createKeyRequest: { keyArgs: { ...place, keyName: 'a', dataSize: 1n } },
  });
  await ask({ cmdType: Type.DeleteBucket, deleteBucketRequest: place });
  await ask({ cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName: volume } });
  return opened.kind === 'answered' && opened.response.status === Status.OK;
}
