/** Observable: a call that gRPC itself refuses, and with which of its statuses (W-5, W-6, W-7). */
import { status as Code } from '@grpc/grpc-js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

export type GrpcStatus = Exclude<keyof typeof Code, 'OK'>;

/**
 * Assertion `grpc-refusal`: every outcome is a gRPC status other than OK that the server gave.
 *
 * @param expected the one status that it has to be; undefined = any
 */
export function assertGrpcRefusal(outcomes: readonly Outcome[], expected?: GrpcStatus): void {
  needCalls(outcomes);
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused' && (expected === undefined || outcome.code === Code[expected])) continue;
    const wanted = expected === undefined ? 'a gRPC status other than OK' : `gRPC ${expected}`;
    throw failure('grpc-refusal', wanted, describe(outcome), [outcome]);
  }
}
