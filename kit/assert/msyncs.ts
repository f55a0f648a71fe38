/** Observables: what the message of an Msync says, and whether it may be said at all (FR-MSYNC-1, FR-MSYNC-3). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { msyncedIn, stateIdOf } from '../wire/state-id.js';
import { covers, merged, type StateVector, vectorText } from '../wire/state-vector.js';
import { describe, failure } from './found.js';
import type { Taught } from './id-covers.js';
import { isDecided } from './state-id.js';

/** Assertion `msync-answered`: an OK with the indexes of the groups. */
export function assertMsynced(outcome: Outcome): StateVector {
  const said = msyncedIn(outcome);
  if (said.kind === 'vector') return said.vector;
  const found = said.kind === 'malformed' ? `${said.text} (${said.why})` : describe(outcome);
  throw failure('msync-answered', 'an Msync that is answered', found, [outcome]);
}

/** Assertion `msync-covers`: the message is at or above what `other` was told before the Msync was sent, in every group. */
export function assertMsyncCovers(outcome: Outcome, other: Taught): void {
  const said = assertMsynced(outcome);
  if (other.vector.size === 0) throw new Error(`client "${other.name}" was taught nothing`);
  if (covers(said, other.vector)) return;
  const expected = `an Msync at or above ${vectorText(other.vector)}, which client "${other.name}" was told`;
  throw failure('msync-covers', expected, vectorText(said), [...other.calls, outcome]);
}

/**
 * Assertion `msync-covers` on each Msync among calls of many clients: it covers all that was answered to anybody before it was sent.
 * Those that were not answered say nothing; at least one has to be.
 */
export function assertMsyncsCover(outcomes: readonly Outcome[]): void {
  const asked = outcomes.filter(({ request }) => request.cmdType === hadoop.ozone.Type.Msync);
  const [first] = asked;
  if (first === undefined) throw new Error('no Msync to judge');
  const msyncs = asked.filter((outcome) => msyncedIn(outcome).kind !== 'none');
  if (msyncs.length === 0) throw failure('msync-answered', 'an Msync that is answered', describe(first), [first]);
  const decided = outcomes.filter(isDecided);
  for (const msync of msyncs) {
    const before = decided.filter(({ endedAtMs }) => endedAtMs < msync.sentAtMs);
    const ids = before.flatMap((outcome) => {
      const id = stateIdOf(outcome);
      return id.kind === 'vector' ? [{ outcome, vector: id.vector }] : [];
    });
    const said = assertMsynced(msync);
    const known = merged(...ids.map(({ vector }) => vector));
    if (covers(said, known)) continue;
    const wrong = ids.find(({ vector }) => !covers(said, vector));
    const expected = `an Msync at or above ${vectorText(known)}, which was said before it was sent`;
    throw failure('msync-covers', expected, vectorText(said), [...(wrong === undefined ? [] : [wrong.outcome]), msync]);
  }
}

/** Assertion `msync-unconfirmed`: nobody answers an Msync with OK. */
export function assertNotMsynced(outcomes: readonly Outcome[]): void {
  if (outcomes.length === 0) throw new Error('no Msync to judge');
  const wrong = outcomes.find((outcome) => msyncedIn(outcome).kind !== 'none');
  if (wrong === undefined) return;
  throw failure('msync-unconfirmed', 'no Msync is answered', `${describe(wrong)}: ${idText(wrong)}`, [wrong]);
}

function idText(outcome: Outcome): string {
  const said = msyncedIn(outcome);
  return said.kind === 'vector' ? vectorText(said.vector) : said.kind;
}
