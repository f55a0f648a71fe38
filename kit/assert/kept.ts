/** Observable: what was acknowledged is still there after nodes were lost (HA-5, HA-6). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { saysMissing, volumeIn } from './volume-read.js';

/** What a volume may be after a workload: several states where an outcome is unknown. */
export interface KeptVolume {
  readonly volume: string;
  /** Owners that it may have. */
  readonly owners: ReadonlySet<string>;
  /** Whether it may be gone. */
  readonly mayBeMissing: boolean;
  /** The calls that made it so, oldest first. */
  readonly history: readonly Outcome[];
}

/** One volume with a read of it after the loss. */
export interface ReadBack {
  readonly kept: KeptVolume;
  readonly read: Outcome;
}

/** Assertion `acknowledged-kept`: every volume reads as its acknowledged writes left it. */
export function assertKept(readBacks: readonly ReadBack[]): void {
  if (readBacks.length === 0) throw new Error('no acknowledged write to judge');
  const lost = readBacks.filter(({ kept, read }) => !isKept(kept, read));
  const [first] = lost;
  if (first === undefined) return;
  const { kept, read } = first;
  const count = `${lost.length} of ${readBacks.length} reads differ`;
  throw failure('acknowledged-kept', expectedText(kept), `${foundText(read)}; ${count}`, [...kept.history, read]);
}

function isKept({ volume, owners, mayBeMissing }: KeptVolume, read: Outcome): boolean {
  const info = volumeIn(read);
  if (info === undefined) return saysMissing(read) && mayBeMissing;
  return info.volume === volume && owners.has(info.ownerName);
}

function expectedText({ volume, owners, mayBeMissing }: KeptVolume): string {
  const states = [...owners].map((owner) => `with owner ${show(owner)}`);
  if (mayBeMissing) states.push('gone');
  return `volume ${volume} ${states.join(' or ')}, as acknowledged`;
}

function foundText(read: Outcome): string {
  const info = volumeIn(read);
  return info === undefined ? describe(read) : `volume ${info.volume} with owner ${show(info.ownerName)}`;
}
