/** Observable: a refused write left no trace on any node (HA-2). */
import type { Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick, show } from './found.js';
import { bucketIn, saysMissing, volumeIn } from './volume-read.js';

/** What a read shows of its subject: the record, that it is missing, or nothing because the node would not say. */
function shown(read: Outcome): object | 'missing' | undefined {
  return volumeIn(read) ?? bucketIn(read) ?? (saysMissing(read) ? 'missing' : undefined);
}

/**
 * Assertion `nowhere`: the subject reads as before on the leader and on every other node that serves the read. A node that
 * refuses the read shows nothing and is no evidence; the leader has to answer.
 */
export function assertNoTrace(before: Outcome, reads: readonly Outcome[], leader: string): void {
  const was = shown(before);
  for (const read of reads) {
    const is = shown(read);
    if (is === undefined && read.node !== leader) continue;
    if (was !== undefined && show(is) === show(was)) continue;
    if (is === undefined) throw failure('nowhere', `${leader} answers the read`, describe(read), [read]);
    throw failure('nowhere', `${stateText(was, is)}, as before`, `${stateText(is, was)} on ${read.node}`, [
      before,
      read,
    ]);
  }
  if (!reads.some(({ node }) => node === leader)) {
    throw new Error(`the assertion needs a read on ${leader}`);
  }
}

function stateText(state: object | 'missing' | undefined, other: object | 'missing' | undefined): string {
  if (state === undefined) return 'nothing known';
  if (state === 'missing') return 'no such record';
  const fields = typeof other === 'object' ? differingFields(state, other) : ['creationTime'];
  return `a record with ${pick(state, fields)}`;
}
