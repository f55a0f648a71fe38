/** Observable: which keys a bucket holds, as its listing tells. */
import type { Outcome } from '../wire/outcome.js';
import { failure, show } from './found.js';
import { compareBytes, namesOnPage } from './listing.js';

/** Assertion `bucket-holds`: the listing has exactly these keys, each once; their order is for NS-KEY-8. */
export function assertHolds(listed: Outcome, expected: readonly string[]): void {
  const [found, wanted] = [namesOnPage(listed), expected].map((names) => [...names].sort(compareBytes));
  if (show(found) === show(wanted)) return;
  throw failure('bucket-holds', `keys ${show(wanted)}`, `keys ${show(found)}`, [listed]);
}
