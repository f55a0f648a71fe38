/** Observable: what adds nothing to the log (FR-MSYNC-6). */
import type { Outcome } from '../wire/outcome.js';
import { failure } from './found.js';

/**
 * Assertion `log-quiet`: at one look at least nothing was added. Something else may write once; an OM that writes for each call has
 * grown at every look.
 */
export function assertLogQuiet(calls: readonly Outcome[], grown: readonly bigint[]): void {
  if (calls.length === 0 || grown.length === 0) throw new Error('no look at a log to judge');
  if (grown.includes(0n)) return;
  const expected = `a log that does not grow by ${calls.length / grown.length} calls`;
  throw failure('log-quiet', expected, `${grown.join(', then ')} entries more`, calls.slice(-1));
}
