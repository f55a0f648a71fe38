/**
 * What the keys of a bucket use, and whether they may use more (NS-QTA-1, NS-QTA-2). The counters are rows of their own that
 * plans only add to: nobody locks a bucket to count, so its limits may be passed by the plans in flight, and by no more
 * (LE-QUOTA-1).
 */
import type { StateView } from '../storage/state-store.js';
import { Status } from './answers.js';
import type { Operation } from './command.js';
import { INT64_ADD, int64FromBytes, int64ToBytes } from './int64.js';
import { NEVER_SET, NO_QUOTA, type QuotaFault } from './quotas.js';
import type { BucketInfo } from './records.js';
import { idKey, USAGE } from './tables.js';

export interface Usage {
  /** Replicated bytes of its keys. */
  readonly bytes: bigint;
  /** Keys and directories. */
  readonly entries: bigint;
}

/** The last byte of a counter's row. */
const KIND = { bytes: 1, entries: 2 } as const;
const KINDS = ['bytes', 'entries'] as const;

function counterKey(bucketId: bigint, kind: keyof Usage): Uint8Array {
  return Buffer.concat([idKey(bucketId), Uint8Array.of(KIND[kind])]);
}

export function bucketUsage(view: StateView, bucketId: bigint): Usage {
  const count = (kind: keyof Usage): bigint => {
    const bytes = view.get(USAGE, counterKey(bucketId, kind));
    return bytes === undefined ? 0n : int64FromBytes(bytes);
  };
  return { bytes: count('bytes'), entries: count('entries') };
}

/** Adds to the counters; what is absent or zero changes nothing. */
export function addToUsage(bucketId: bigint, added: Partial<Usage>): Operation[] {
  return KINDS.flatMap((kind): Operation[] => {
    const by = added[kind] ?? 0n;
    if (by === 0n) return [];
    return [
      {
        kind: 'merge',
        table: USAGE,
        key: counterKey(bucketId, kind),
        value: int64ToBytes(by),
        operator: INT64_ADD,
      },
    ];
  });
}

export function freeUsage(bucketId: bigint, freed: Usage): Operation[] {
  return addToUsage(bucketId, { bytes: -freed.bytes, entries: -freed.entries });
}

/** Removes the counters together with their bucket. */
export function dropUsage(bucketId: bigint): Operation[] {
  return KINDS.map((kind): Operation => ({ kind: 'delete', table: USAGE, key: counterKey(bucketId, kind) }));
}

/** May the bucket's keys use so much more? Zero is a limit as well: it leaves room for nothing. */
export function usageFault(view: StateView, bucket: BucketInfo, added: Partial<Usage>): QuotaFault | undefined {
  const { bucketName, objectID = 0n } = bucket;
  const limits: Usage = { bytes: bucket.quotaInBytes ?? NEVER_SET, entries: bucket.quotaInNamespace ?? NEVER_SET };
  if (KINDS.every((kind) => limits[kind] <= NO_QUOTA)) return undefined;
  const used = bucketUsage(view, objectID ?? 0n);
  for (const kind of KINDS) {
    const would = used[kind] + (added[kind] ?? 0n);
    if (limits[kind] <= NO_QUOTA || added[kind] === undefined || would <= limits[kind]) continue;
    const what = kind === 'bytes' ? 'space' : 'namespace';
    return {
      status: Status.QUOTA_EXCEEDED,
      message: `The ${what} quota of bucket ${bucketName} is ${limits[kind]}, ${would} would be in use`,
    };
  }
  return undefined;
}
