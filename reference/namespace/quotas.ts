/**
 * Quotas of volumes and buckets: which values mean what, and what a new bucket or a new volume quota must respect
 * (docs/observations/ozone-2.2.0-volumes.md). Pure; the commands turn a fault into a refused plan.
 */
import type { hadoop } from '#proto';
import { Status } from './answers.js';
import { type BucketInfo, isLink, type Volume } from './records.js';

/** No limit. */
export const NO_QUOTA = -1n;
/** What a quota is when nobody ever set it; shown, and no limit on namespace. */
export const NEVER_SET = -2n;

export interface QuotaFault {
  readonly status: hadoop.ozone.Status;
  readonly message: string;
}

/** The wire carries space quotas of volumes as uint64: −1 is 2^64−1 there. */
export function signed(quota: bigint): bigint {
  return BigInt.asIntN(64, quota);
}

export function unsigned(quota: bigint): bigint {
  return BigInt.asUintN(64, quota);
}

/** What a change of a quota leaves: a positive value or "no limit" replaces the old one, anything else is passed over. */
export function changedQuota(present: bigint, asked: bigint | undefined): bigint {
  if (asked === undefined) return present;
  const value = signed(asked);
  return value > 0n || value === NO_QUOTA ? value : present;
}

function spaceQuota(bucket: BucketInfo): bigint {
  return bucket.quotaInBytes ?? NEVER_SET;
}

/** Sum over the buckets that have a space quota. */
function total(buckets: Iterable<BucketInfo>): bigint {
  let sum = 0n;
  for (const bucket of buckets) if (spaceQuota(bucket) > 0n) sum += spaceQuota(bucket);
  return sum;
}

/** May a volume with this space quota take this bucket beside its present ones? */
export function bucketSpaceFault(
  volumeQuota: bigint,
  bucket: BucketInfo,
  present: Iterable<BucketInfo>,
): QuotaFault | undefined {
  // A link takes no space. Those that are there count below nevertheless, with the quota they were given.
  if (isLink(bucket)) return undefined;
  const asked = spaceQuota(bucket);
  if (asked <= 0n) {
    if (volumeQuota <= 0n) return undefined;
    return { status: Status.QUOTA_ERROR, message: 'A bucket of a volume with a space quota must have one too' };
  }
  if (volumeQuota === NO_QUOTA) return undefined;
  const sum = total(present) + asked;
  if (sum <= volumeQuota) return undefined;
  return {
    status: Status.QUOTA_EXCEEDED,
    message: `The space quotas of the volume's buckets would be ${sum} bytes, its own is ${volumeQuota}`,
  };
}

/** May a volume with this namespace quota and so many buckets take another one? */
export function bucketCountFault(volumeQuota: bigint, buckets: bigint): QuotaFault | undefined {
  if (volumeQuota <= 0n || buckets < volumeQuota) return undefined;
  return {
    status: Status.QUOTA_EXCEEDED,
    message: `The volume's namespace quota is ${volumeQuota} and it has ${buckets} buckets`,
  };
}

/** May a volume with these buckets be given this space quota? */
export function volumeSpaceFault(asked: bigint, buckets: Iterable<BucketInfo>): QuotaFault | undefined {
  if (asked <= 0n) return undefined;
  const present = [...buckets].filter((bucket) => !isLink(bucket));
  if (present.some((bucket) => spaceQuota(bucket) < 0n)) {
    return {
      status: Status.QUOTA_ERROR,
      message: 'A volume may have a space quota only when each of its buckets has one',
    };
  }
  const sum = total(present);
  if (sum <= asked) return undefined;
  return {
    status: Status.QUOTA_EXCEEDED,
    message: `The space quotas of the volume's buckets are ${sum} bytes together, the one asked for is ${asked}`,
  };
}

/** May a volume with so many buckets be given this namespace quota? */
export function volumeCountFault(asked: bigint, buckets: bigint): QuotaFault | undefined {
  if (asked <= 0n || buckets <= asked) return undefined;
  return {
    status: Status.QUOTA_EXCEEDED,
    message: `The volume has ${buckets} buckets, the namespace quota asked for is ${asked}`,
  };
}

/** What a new space quota of a bucket is judged by. */
export interface BucketSpace {
  readonly info: BucketInfo;
  /** Bytes that its keys use. */
  readonly used: bigint;
  readonly volume: Volume;
  /** The other buckets of the volume; read only where their quotas matter. */
  readonly others: Iterable<BucketInfo>;
}

/** May a bucket be given this space quota? `asked` is as the wire has it; a value that changes nothing is no fault. */
export function newBucketSpaceFault(asked: bigint | null | undefined, space: BucketSpace): QuotaFault | undefined {
  if (asked == null) return undefined;
  const quota = signed(asked);
  const volumeQuota = signed(space.volume.info.quotaInBytes ?? 0n);
  if (quota === NO_QUOTA && volumeQuota !== NO_QUOTA) {
    return { status: Status.QUOTA_ERROR, message: 'A bucket of a volume with a space quota must keep one' };
  }
  if (quota <= 0n) return undefined;
  if (quota < space.used) {
    return { status: Status.QUOTA_ERROR, message: `The bucket uses ${space.used} bytes, the quota is ${quota}` };
  }
  // Less than before always fits.
  if (volumeQuota === NO_QUOTA || quota < spaceQuota(space.info)) return undefined;
  const sum = total(space.others) + quota;
  if (sum <= volumeQuota) return undefined;
  return {
    status: Status.QUOTA_EXCEEDED,
    message: `The space quotas of the volume's buckets would be ${sum} bytes, its own is ${volumeQuota}`,
  };
}

/** May a bucket with so many entries be given this namespace quota? */
export function newBucketEntriesFault(asked: bigint | null | undefined, entries: bigint): QuotaFault | undefined {
  const quota = asked == null ? 0n : signed(asked);
  if (quota <= 0n || quota >= entries) return undefined;
  return { status: Status.QUOTA_ERROR, message: `The bucket has ${entries} entries, the quota is ${quota}` };
}
