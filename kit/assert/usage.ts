/** Observable: what a bucket says that its keys and directories use (NS-QTA-1). */
import type { Outcome } from '../wire/outcome.js';
import { commandName, describe, failure, show } from './found.js';
import { bucketIn } from './volume-read.js';

/** What of it is counted. */
export type Used = 'names' | 'bytes';

export interface Amount {
  readonly used: Used;
  readonly amount: bigint;
}

const FIELD = { names: 'usedNamespace', bytes: 'usedBytes' } as const;

/** What a read shows as used; undefined where it shows no bucket, or none of that. */
export function usedIn(read: Outcome, used: Used): bigint | undefined {
  return bucketIn(read)?.[FIELD[used]] ?? undefined;
}

/**
 * Assertions `used-names` and `used-bytes`: the read shows the bucket with exactly so much in use.
 *
 * @param after the requests that made it so, where one in a row of many is judged
 */
export function assertUsed(
  read: Outcome,
  bucket: string,
  { used, amount }: Amount,
  after: readonly Outcome[] = [],
): void {
  const found = usedIn(read, used);
  if (found === amount && bucketIn(read)?.bucketName === bucket) return;
  const text = bucketIn(read) === undefined ? describe(read) : `${FIELD[used]} ${show(found)}`;
  const commands = after.map(({ request }) => commandName(request.cmdType)).join(' and ');
  const behind = commands === '' ? '' : ` after ${commands}`;
  throw failure(`used-${used}`, `bucket ${bucket} with ${FIELD[used]} ${amount}${behind}`, text, [...after, read]);
}
