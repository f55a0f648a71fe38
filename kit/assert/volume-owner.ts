/** Observable: whom a volume belongs to. */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { volumeIn } from './volume-read.js';

/** Assertion `volume-owner`: the read shows the volume with this owner. */
export function assertOwner(read: Outcome, volume: string, owner: string): void {
  const info = volumeIn(read);
  const expected = `volume ${volume} with owner ${show(owner)}`;
  if (info === undefined) throw failure('volume-owner', expected, describe(read), [read]);
  if (info.volume === volume && info.ownerName === owner) return;
  throw failure('volume-owner', expected, `volume ${info.volume} with owner ${show(info.ownerName)}`, [read]);
}
