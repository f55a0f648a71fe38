/** Observable: a node serves the id that it says (FR-STATE-8). */
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { covers } from '../wire/state-vector.js';
import { describe, failure, show } from './found.js';
import type { Taught } from './id-covers.js';
import { volumeIn } from './volume-read.js';

/**
 * Assertion `id-served`: reads with the id that `one` was told show the volume of this owner, if that id covers what `other` was told
 * when it made it so. A node that refuses for now does not serve yet; one that lets the read wait for ever has said too much.
 */
export function assertServesWhatItSays(
  reads: readonly Outcome[],
  one: Taught,
  other: Taught,
  { volume, owner }: { readonly volume: string; readonly owner: string },
): void {
  if (reads.length === 0 || other.vector.size === 0) throw new Error('no read to judge, or nothing to judge it by');
  if (!covers(one.vector, other.vector)) return;
  for (const read of reads) {
    const shown = volumeIn(read);
    if (shown?.volume === volume && shown.ownerName === owner) continue;
    if (read.kind === 'refused' && isRetryable(read)) continue;
    const found = shown === undefined ? describe(read) : `owner ${show(shown.ownerName)} from ${read.node}`;
    throw failure('id-served', `volume ${volume} with owner ${show(owner)}, as the id says`, found, [
      ...one.calls,
      read,
    ]);
  }
}
