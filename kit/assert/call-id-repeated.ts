/** Observable: an answer repeats the call id of its request, which says that the OM remembers calls (wire-binding.md §2). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';

/**
 * Assertion `call-id-repeated`: every outcome that a node decided, answer or refusal, has `om-call-id` among its trailers, with
 * the value that was sent.
 */
export function assertCallIdRepeated(outcomes: readonly Outcome[], callId: bigint): void {
  const decided = outcomes.filter((outcome) => outcome.kind === 'answered' || outcome.kind === 'refused');
  if (decided.length === 0) throw new Error('no answer to judge');
  for (const outcome of decided) {
    const found = outcome.trailers.get('om-call-id');
    if (found === callId.toString()) continue;
    throw failure('call-id-repeated', `trailer om-call-id ${callId}`, `${show(found)} with ${describe(outcome)}`, [
      outcome,
    ]);
  }
}
