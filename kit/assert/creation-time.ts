/** Observable: when a volume was created, as far as that can be judged without a clock that both sides share. */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { volumeIn } from './volume-read.js';

/** A time in seconds, microseconds or nanoseconds falls outside; so does 0. */
const YEAR_2020_MS = 1_577_836_800_000n;
const YEAR_2100_MS = 4_102_444_800_000n;

/** Assertion `creation-time`: the read shows the volume with a creation time in milliseconds since 1970. */
export function assertCreationTime(read: Outcome, volume: string): void {
  const info = volumeIn(read);
  const expected = `volume ${volume} with a creation time in milliseconds since 1970, between the years 2020 and 2100`;
  if (info === undefined) throw failure('creation-time', expected, describe(read), [read]);
  const time = info.creationTime ?? 0n;
  if (info.volume === volume && time >= YEAR_2020_MS && time < YEAR_2100_MS) return;
  throw failure('creation-time', expected, `volume ${info.volume} with creation time ${show(info.creationTime)}`, [
    read,
  ]);
}
