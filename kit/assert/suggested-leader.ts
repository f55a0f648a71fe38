/** Observable: a suggested leader leads (HA-3). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';

/** One refusal that named a leader, and what became of the same write there. */
export interface FollowedSuggestion {
  readonly refusal: Outcome;
  readonly suggested: string;
  /** Undefined when the target has no such node. */
  readonly outcome: Outcome | undefined;
}

/** Assertion `suggested-leader`: every suggested leader is a node of the cluster and carried the write out. */
export function assertSuggestionsLead(followed: readonly FollowedSuggestion[]): void {
  for (const { refusal, suggested, outcome } of followed) {
    const expected = `the write accepted by ${suggested}, which ${refusal.node} named as leader`;
    if (outcome === undefined) throw failure('suggested-leader', expected, 'no node of that name', [refusal]);
    if (outcome.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.OK) continue;
    throw failure('suggested-leader', expected, describe(outcome), [refusal, outcome]);
  }
}
