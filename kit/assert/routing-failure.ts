/** Observable: a failure of routing or consistency is a gRPC status, and says its class first (W-3, wire-binding.md §1). */
import { status as Code } from '@grpc/grpc-js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `routing-failure`: every outcome is gRPC INTERNAL whose text starts with a class name. */
export function assertRoutingFailure(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused' && outcome.code === Code.INTERNAL && outcome.className !== undefined) continue;
    throw failure('routing-failure', 'gRPC INTERNAL with a class name first', describe(outcome), [outcome]);
  }
}
