/** Observable: what a bucket says of itself (NS-BKT-1, NS-BKT-7). */
import { hadoop } from '#proto';
import {
  type BucketLayout,
  type BucketProperties,
  REPLICATIONS,
  type Replication,
} from '../scenario/operations/bucket.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { type BucketInfo, bucketIn } from './volume-read.js';

const { hdds, ozone } = hadoop;

/** The parts that assertions are about: assertion `bucket-<part>` for each. */
const READ = {
  owner: ({ owner }: BucketInfo) => owner ?? undefined,
  versioning: ({ isVersionEnabled }: BucketInfo) => isVersionEnabled,
  storage: ({ storageType }: BucketInfo) => hdds.StorageTypeProto[storageType],
  quotaInBytes: ({ quotaInBytes }: BucketInfo) => quotaInBytes ?? undefined,
  quotaInNames: ({ quotaInNamespace }: BucketInfo) => quotaInNamespace ?? undefined,
  replication: replicationOf,
  metadata: ({ metadata }: BucketInfo) => (metadata ?? []).map(({ key, value }) => ({ key, value: value ?? '' })),
} as const satisfies Record<keyof BucketProperties, (info: BucketInfo) => unknown>;

const ASSERTION = {
  owner: 'bucket-owner',
  versioning: 'bucket-versioning',
  storage: 'bucket-storage',
  quotaInBytes: 'bucket-quota',
  quotaInNames: 'bucket-quota',
  replication: 'bucket-replication',
  metadata: 'bucket-metadata',
} as const satisfies Record<keyof BucketProperties, string>;

const PARTS = Object.keys(ASSERTION) as (keyof BucketProperties)[];

/**
 * Assertions `bucket-owner`, `bucket-versioning`, `bucket-storage`, `bucket-quota`, `bucket-replication`, `bucket-metadata`: the
 * read shows the bucket with these properties; one that is not named is not looked at. Of metadata there is what is named and
 * nothing else, in whatever order.
 */
export function assertBucketProperties(read: Outcome, bucket: string, properties: BucketProperties): void {
  const info = bucketIn(read);
  for (const part of PARTS) {
    const expected = properties[part];
    if (expected === undefined) continue;
    const text = `bucket ${bucket} with ${part} ${inOrder(expected)}`;
    if (info === undefined) throw failure(ASSERTION[part], text, describe(read), [read]);
    const found = READ[part](info);
    if (info.bucketName === bucket && inOrder(found) === inOrder(expected)) continue;
    throw failure(ASSERTION[part], text, `bucket ${info.bucketName} with ${part} ${inOrder(found)}`, [read]);
  }
}

/** Assertion `bucket-layout`: the read shows the bucket with this layout. */
export function assertLayout(read: Outcome, bucket: string, layout: BucketLayout): void {
  const info = bucketIn(read);
  const expected = `bucket ${bucket} of layout ${layout}`;
  if (info === undefined) throw failure('bucket-layout', expected, describe(read), [read]);
  const found = info.bucketLayout == null ? undefined : ozone.BucketLayoutProto[info.bucketLayout];
  if (info.bucketName === bucket && found === layout) return;
  throw failure('bucket-layout', expected, `bucket ${info.bucketName} of layout ${found ?? 'nothing'}`, [read]);
}

function replicationOf({ defaultReplicationConfig: config }: BucketInfo): Replication | undefined {
  const ec = config?.ecReplicationConfig;
  const words = ec && `${ec.codec.toUpperCase()}-${ec.data}-${ec.parity}-${ec.ecChunkSize / 1024}k`;
  const factor = config?.factor == null ? undefined : `RATIS/${hdds.ReplicationFactor[config.factor]}`;
  const isEc = config?.type === hdds.ReplicationType.EC;
  return REPLICATIONS.find((one) => one === (isEc ? words : config?.type === hdds.ReplicationType.RATIS && factor));
}

/** A list counts as a set: servers keep metadata in no order. */
function inOrder(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(show).sort().join(', ')}]` : show(value);
}
