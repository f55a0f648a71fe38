/** Observable: after a request that should change nothing, everything reads as before (W-5 to W-8, W-12). */
import type { Outcome } from '../wire/outcome.js';
import { commandName, describe, differingFields, failure, pick, said, show } from './found.js';

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
    if (earlier.kind === 'answered' && read.kind === 'answered' && show(said(earlier)) === show(said(read))) continue;
    const what = commandName(read.request.cmdType);
    throw failure('nothing-changed', `${what} shows ${text(earlier, read)}, as before`, text(read, earlier), [
      earlier,
      ...between,
      read,
    ]);
  }
}

function text(read: Outcome, other: Outcome): string {
  if (read.kind !== 'answered' || other.kind !== 'answered') return describe(read);
  const shown = said(read);
  return `${describe(read)} with ${pick(shown, differingFields(shown, said(other)))}`;
}
