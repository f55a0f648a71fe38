/** Observable: the limits of a volume. */
import type { Quota } from '../scenario/operation.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { volumeIn } from './volume-read.js';

/** `quotaInBytes` is unsigned on the wire: no limit, −1, reads as this. */
const NO_LIMIT_BYTES = 2n ** 64n - 1n;

/** Assertion `volume-quota`: the read shows the volume with this quota; a part that `quota` does not name is not looked at. */
export function assertQuota(read: Outcome, volume: string, quota: Quota): void {
  const info = volumeIn(read);
  const expected = `volume ${volume} with a quota of ${quotaText(quota.bytes, quota.buckets)}`;
  if (info === undefined) throw failure('volume-quota', expected, describe(read), [read]);
  const bytes = info.quotaInBytes === NO_LIMIT_BYTES ? -1n : info.quotaInBytes;
  const buckets = info.quotaInNamespace;
  if (info.volume === volume && bytes === quota.bytes && (quota.buckets === undefined || buckets === quota.buckets)) {
    return;
  }
  const found = `volume ${info.volume} with a quota of ${quotaText(bytes, buckets)}`;
  throw failure('volume-quota', expected, found, [read]);
}

function quotaText(bytes: bigint | undefined, buckets: bigint | undefined): string {
  return `${show(bytes)} bytes${buckets === undefined ? '' : ` and ${buckets} buckets`}`;
}
