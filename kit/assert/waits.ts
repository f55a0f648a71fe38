/** Observable: a read waits at its node, which goes on answering others (FR-QUEUE-1, FR-QUEUE-2). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';

/** A call, and an echo that was sent to the same node later and on another connection. */
export interface Witnessed {
  /** How the call has ended; undefined while it is open. */
  readonly ended: Outcome | undefined;
  readonly witness: Outcome;
}

/** Assertion `waits`: every call is open, and its node has answered since. */
export function assertWaits(calls: readonly Witnessed[]): void {
  if (calls.length === 0) throw new Error('no open call to judge');
  for (const { ended, witness } of calls) {
    if (ended !== undefined) {
      throw failure('waits', 'a read that waits', describe(ended), [ended, witness]);
    }
    if (witness.kind !== 'answered') {
      throw failure('waits', 'an echo that is answered while a read waits', describe(witness), [witness]);
    }
  }
}
