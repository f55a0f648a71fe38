/** Operations on buckets. */
import { hadoop } from '#proto';
import type { Operations } from './kinds.js';

const { hdds, ozone } = hadoop;
const { Type } = ozone;

export const BUCKET_LAYOUTS = ['OBJECT_STORE', 'FILE_SYSTEM_OPTIMIZED', 'LEGACY'] as const;
export type BucketLayout = (typeof BUCKET_LAYOUTS)[number];

export interface BucketPlace {
  readonly volume: string;
  readonly bucket: string;
}

export type BucketOperation =
  | ({ readonly kind: 'create-bucket'; readonly layout?: BucketLayout } & BucketPlace)
  | ({ readonly kind: 'read-bucket' } & BucketPlace)
  | ({ readonly kind: 'delete-bucket' } & BucketPlace);

const read = ({ volume, bucket }: BucketPlace): BucketOperation => ({ kind: 'read-bucket', volume, bucket });
const names = ({ volume: volumeName, bucket: bucketName }: BucketPlace) => ({ volumeName, bucketName });

export const bucketOperations: Operations<BucketOperation> = {
  'create-bucket': {
    request: ({ layout = 'OBJECT_STORE', ...place }) => ({
      cmdType: Type.CreateBucket,
      createBucketRequest: {
        bucketInfo: {
          ...names(place),
          isVersionEnabled: false,
          storageType: hdds.StorageTypeProto.DISK,
          bucketLayout: ozone.BucketLayoutProto[layout],
        },
      },
    }),
    subject: read,
  },
  'read-bucket': {
    request: (place) => ({ cmdType: Type.InfoBucket, infoBucketRequest: names(place) }),
    subject: read,
  },
  'delete-bucket': {
    request: (place) => ({ cmdType: Type.DeleteBucket, deleteBucketRequest: names(place) }),
    subject: read,
  },
};
