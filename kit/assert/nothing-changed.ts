/** Observable: after a request that should change nothing, everything reads as before (W-5 to W-8, W-12). */
import type { Outcome } from '../wire/outcome.js';
import { commandName, describe, differingFields, failure, pick, show } from './found.js';

/** What an answer says of itself and of who gave it, not of what was read. */
const ENVELOPE: ReadonlySet<string> = new Set(['cmdType', 'traceID', 'message', 'leaderOMNodeId', 'omLockDetails']);

/**
 * Assertion `nothing-changed`: the same reads, before and after the request `between`, show the same.
 *
 * @param before outcomes in the order of `after`; each an answer, whatever its status
 */
export function assertNothingChanged(
  before: readonly Outcome[],
  after: readonly Outcome[],
  between: readonly Outcome[],
): void {
  if (before.length === 0 || before.length !== after.length)
    throw new Error('no two looks at the same things to judge');
  for (const [index, read] of after.entries()) {
    const earlier = before[index];
    if (earlier === undefined) continue;
    const was = shown(earlier);
    const is = shown(read);
    if (is !== undefined && was !== undefined && show(is) === show(was)) continue;
    const what = commandName(read.request.cmdType);
    throw failure('nothing-changed', `${what} shows ${text(earlier, read)}, as before`, text(read, earlier), [
      earlier,
      ...between,
      read,
    ]);
  }
}

/** What a read shows, its envelope left out; undefined where it shows nothing. */
function shown(read: Outcome): object | undefined {
  if (read.kind !== 'answered') return undefined;
  return Object.fromEntries(Object.entries(read.response).filter(([key]) => !ENVELOPE.has(key)));
}

function text(read: Outcome, other: Outcome): string {
  const state = shown(read);
  const against = shown(other);
  if (state === undefined || against === undefined) return describe(read);
  return `${describe(read)} with ${pick(state, differingFields(state, against))}`;
}
