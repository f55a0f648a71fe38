/** Observable: a read shows what was acknowledged before it began (NS-VOL-7, RC-2, HA-12). */
import type { Expectation } from '../scenario/change.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { namesIn } from './page-read.js';
import { bucketIn, saysMissing, volumeIn } from './volume-read.js';

/** An acknowledged write, and a read that began afterwards. */
export interface ReadAfterWrite {
  readonly write: Outcome;
  readonly expectation: Expectation;
  readonly read: Outcome;
}

/** Assertion `fresh-read`: every read was answered and shows the write before it. */
export function assertFresh(pairs: readonly ReadAfterWrite[]): void {
  if (pairs.length === 0) throw new Error('no read to judge');
  for (const { write, expectation, read } of pairs) {
    if (holds(expectation, read)) continue;
    const expected = `${text(expectation)}, acknowledged by ${write.node} before the read`;
    throw failure('fresh-read', expected, foundText(read), [write, read]);
  }
}

/** Assertion `fresh-read`: every read was answered and shows this; what made it so is no call of the scenario's client. */
export function assertShown(reads: readonly Outcome[], expectation: Expectation): void {
  if (reads.length === 0) throw new Error('no read to judge');
  for (const read of reads) {
    if (!holds(expectation, read)) throw failure('fresh-read', text(expectation), foundText(read), [read]);
  }
}

function holds(expectation: Expectation, read: Outcome): boolean {
  switch (expectation.kind) {
    case 'volume':
      return volumeIn(read)?.volume === expectation.volume && volumeIn(read)?.ownerName === expectation.owner;
    case 'bucket':
      return bucketIn(read)?.bucketName === expectation.bucket;
    case 'missing':
      return saysMissing(read);
    case 'listed':
      return namesIn(read)?.includes(expectation.volume) === true;
  }
}

function text(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'volume':
      return `volume ${expectation.volume} with owner ${show(expectation.owner)}`;
    case 'bucket':
      return `bucket ${expectation.bucket}`;
    case 'missing':
      return `no ${expectation.name}`;
    case 'listed':
      return `volume ${expectation.volume} in the listing`;
  }
}

function foundText(read: Outcome): string {
  const volume = volumeIn(read);
  if (volume !== undefined) return `volume ${volume.volume} with owner ${show(volume.ownerName)} on ${read.node}`;
  const names = namesIn(read);
  return names === undefined ? describe(read) : `a listing of ${show(names)} on ${read.node}`;
}
