/** Observables: what one client was taught by ids, held against what another was. */
import type { Outcome } from '../wire/outcome.js';
import { covers, type StateVector, vectorText } from '../wire/state-vector.js';
import { describe, failure } from './found.js';
import { isDecided, trailerIn } from './state-id.js';
import { volumeIn } from './volume-read.js';

/** A client of a scenario: what it knows, and the calls that taught it. */
export interface Taught {
  readonly name: string;
  readonly vector: StateVector;
  readonly calls: readonly Outcome[];
}

/** Assertion `id-covers`: what `one` was told is at or above what `other` was told, in every group (FR-STATE-2, FR-MSYNC-1). */
export function assertKnowsAll(one: Taught, other: Taught): void {
  const [told, known] = [words(one), words(other)];
  if (covers(one.vector, other.vector)) return;
  throw failure('id-covers', `an id at or above ${known}`, told, [...other.calls, ...one.calls]);
}

/**
 * Assertion `id-covers` of a read that shows what was written after all the calls before it: its answer tells more than they did (FR-GUAR-2).
 * One that shows what was before is told enough by them.
 */
export function assertToldOfWhatItIsShown(
  reads: readonly Outcome[],
  one: Taught,
  { volume, owner }: { readonly volume: string; readonly owner: string },
): void {
  if (reads.length === 0) throw new Error('no read to judge');
  for (const read of reads) {
    const { volume: name, ownerName } = volumeIn(read) ?? {};
    if (name !== volume || ownerName !== owner) continue;
    const before = one.calls.filter((call) => call.callNumber < read.callNumber && isDecided(call));
    if (before.length === 0) throw new Error(`client "${one.name}" had been told nothing before`);
    const silent = before.find((call) => covers(trailerIn(call), trailerIn(read)));
    if (silent === undefined) continue;
    const expected = `an id above ${vectorText(trailerIn(silent))}, which client "${one.name}" was told before`;
    throw failure('id-covers', expected, vectorText(trailerIn(read)), [silent, read]);
  }
}

/**
 * Assertion `id-not-ahead`: no trailer that `one` was sent claims the state that `other` was told of, which whoever answered `one` cannot
 * show (FR-STATE-4). What the message of an Msync says is no state of the node's own.
 */
export function assertToldLess(one: Taught, other: Taught): void {
  words(one);
  const known = words(other);
  const decided = one.calls.filter(isDecided);
  const wrong = decided.find((call) => covers(trailerIn(call), other.vector));
  if (decided.length === 0) throw new Error(`nobody decided a call of client "${one.name}"`);
  if (wrong === undefined) return;
  const found = `${vectorText(trailerIn(wrong))} with ${describe(wrong)}`;
  throw failure('id-not-ahead', `an id below ${known}`, found, [...other.calls, wrong]);
}

function words({ name, vector, calls }: Taught): string {
  if (calls.length === 0) throw new Error(`client "${name}" has called nobody`);
  if (vector.size === 0) throw new Error(`client "${name}" was taught nothing`);
  return `${vectorText(vector)}, which client "${name}" was told`;
}
