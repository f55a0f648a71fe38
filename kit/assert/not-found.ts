/** Observable: a path of a bucket leads to nothing, whichever way it is asked for (NS-FSO-5, NS-FSO-7). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { commandName, describe, failure } from './found.js';

const { Status } = hadoop.ozone;

/** The bucket is there, so only these say it of a path. */
const NOT_FOUND: ReadonlySet<number> = new Set([
  Status.KEY_NOT_FOUND,
  Status.FILE_NOT_FOUND,
  Status.DIRECTORY_NOT_FOUND,
]);

function saysNotFound(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && NOT_FOUND.has(outcome.response.status);
}

function showsSomething(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.response.status === Status.OK;
}

/** Assertion `path-gone`: every read of the path says that nothing is found. */
export function assertPathGone(reads: readonly Outcome[], path: string): void {
  if (reads.length === 0) throw new Error('no read to judge');
  for (const read of reads) {
    if (saysNotFound(read)) continue;
    const asked = `${describe(read)} for ${commandName(read.request.cmdType)}`;
    throw failure('path-gone', `nothing at ${JSON.stringify(path)}`, asked, [read]);
  }
}

/**
 * Assertion `served-not-found`: every node that serves the read says that nothing is found; the others refuse in a way that
 * invites to ask elsewhere. One at least has to serve.
 */
export function assertServedNotFound(reads: readonly Outcome[]): void {
  for (const read of reads) {
    if (saysNotFound(read) || isRetryable(read)) continue;
    throw failure('served-not-found', 'a status that says not found, or a refusal to ask elsewhere', describe(read), [
      read,
    ]);
  }
  if (reads.some(saysNotFound)) return;
  throw failure('served-not-found', 'a node that serves the read', reads.map(describe).join(', '), reads);
}

/**
 * Assertion `served-not-found-at-last`: of each node that was asked until it showed nothing more, the last word is as above. Only
 * a follower may have shown something before; a failure is a failure at any time.
 *
 * @param histories outcomes of one node each, oldest first
 */
export function assertServedNotFoundAtLast(histories: readonly (readonly Outcome[])[], leader: string): void {
  const last = histories.flatMap((history) => history.slice(-1));
  const before = histories.flatMap((history) => history.slice(0, -1));
  for (const read of before) {
    if (read.node !== leader && (showsSomething(read) || isRetryable(read))) continue;
    throw failure('served-not-found-at-last', 'an old listing of a follower, before it finds nothing', describe(read), [
      read,
    ]);
  }
  assertServedNotFound(last);
}
