/**
 * What a bucket holds, counted anew each time, and whether more still fits (NS-QTA-1, NS-QTA-2). An OM may keep counters; these are
 * what they have to come to.
 */
import type { Between } from './outcome.js';
import type { Bucket, Children, Entry } from './state.js';

interface Usage {
  readonly entries: number;
  readonly bytes: number;
}

const REPLICAS = { 'RATIS/ONE': 1, 'RATIS/THREE': 3 } as const;

export function bytesOf({ dataSize, replication }: { dataSize: number; replication: keyof typeof REPLICAS }): number {
  return dataSize * REPLICAS[replication];
}

/** An entry and all below it. */
export function usageOf(entry: Entry): Usage {
  if (entry.kind === 'key') return { entries: 1, bytes: bytesOf(entry) };
  const below = usageBelow(entry.children);
  return { entries: below.entries + 1, bytes: below.bytes };
}

export function usageBelow(children: Children): Usage {
  let entries = 0;
  let bytes = 0;
  for (const child of children.values()) {
    const of = usageOf(child);
    entries += of.entries;
    bytes += of.bytes;
  }
  return { entries, bytes };
}

/** What `usedNamespace` and `usedBytes` may show: what waits for its purge is counted or not. */
export function shownUsage({ root, purging }: Bucket): { readonly entries: Between; readonly bytes: Between } {
  const { entries, bytes } = usageBelow(root);
  return { entries: between(entries, purging.entries), bytes: between(bytes, purging.bytes) };
}

function between(from: number, more: number): Between {
  return { atLeast: BigInt(from), atMost: BigInt(from + more) };
}

/** The two answers where what waits for its purge makes the difference. */
export type Fits = 'yes' | 'no' | 'perhaps';

export function fitsEntries(bucket: Bucket, more: number): Fits {
  return fits(bucket.quotaInNamespace, usageBelow(bucket.root).entries + more, bucket.purging.entries + bucket.held);
}

export function fitsBytes(bucket: Bucket, more: number): Fits {
  return fits(bucket.quotaInBytes, usageBelow(bucket.root).bytes + more, bucket.purging.bytes);
}

function fits(quota: bigint, wanted: number, purging: number): Fits {
  // Any negative quota is none; 0 is one.
  if (quota < 0n || BigInt(wanted + purging) <= quota) return 'yes';
  return BigInt(wanted) > quota ? 'no' : 'perhaps';
}
