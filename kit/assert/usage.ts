/** Observable: what a bucket says that its keys and directories use (NS-QTA-1). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { bucketIn } from './volume-read.js';

/** What of it is counted. */
export type Used = 'names' | 'bytes';

const FIELD = { names: 'usedNamespace', bytes: 'usedBytes' } as const;

/** What a read shows as used; undefined where it shows no bucket, or none of that. */
export function usedIn(read: Outcome, used: Used): bigint | undefined {
  return bucketIn(read)?.[FIELD[used]] ?? undefined;
}

/** Assertions `used-names` and `used-bytes`: the read shows the bucket with exactly so much in use. */
export function assertUsed(read: Outcome, bucket: string, used: Used, expected: bigint): void {
  const found = usedIn(read, used);
  if (found === expected && bucketIn(read)?.bucketName === bucket) return;
  const text = bucketIn(read) === undefined ? describe(read) : `${FIELD[used]} ${show(found)}`;
  throw failure(`used-${used}`, `bucket ${bucket} with ${FIELD[used]} ${expected}`, text, [read]);
}
