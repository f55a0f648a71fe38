/**
 * What came back from one call: the only shapes that steps, assertions and reports see. It decides nothing about right or
 * wrong (docs/spec/wire-binding.md §1).
 */
import type { hadoop } from '#proto';
import type { Plain } from './plain.js';
import type { StateVector } from './state-vector.js';

export type OMRequest = Plain<hadoop.ozone.OMRequest.$Properties>;
export type OMResponse = Plain<hadoop.ozone.OMResponse.$Properties>;

interface OutcomeBase {
  /** Node id that the call was sent to. */
  readonly node: string;
  readonly request: OMRequest;
  /** Monotonic clock, ms: when the call left and when its outcome was known. */
  readonly sentAtMs: number;
  readonly endedAtMs: number;
  readonly trailers: ReadonlyMap<string, string>;
  /** Position of the call in the run's transcript. */
  readonly callNumber: number;
  /**
   * Which of the connections that were made to the node under one name carried the call, from 1: equal numbers are one HTTP/2
   * session. Absent where none was made.
   */
  readonly session?: number;
}

/** gRPC OK: a business status, good or bad. */
export interface Answered extends OutcomeBase {
  readonly kind: 'answered';
  readonly response: OMResponse;
}

/** A gRPC status other than OK that the server gave. */
export interface Refused extends OutcomeBase {
  readonly kind: 'refused';
  /** gRPC status number. */
  readonly code: number;
  /** Status details as received, control characters stripped, at most 4 KiB. */
  readonly details: string;
  /** Simple class name that leads the details, an ExecutionException looked through; undefined when there is none. */
  readonly className: string | undefined;
  /** Node id named in an OMNotLeaderException or in `om-leader`. */
  readonly suggestedLeader: string | undefined;
}

/** No word from the server: connection refused or reset, or the call's own deadline passed. The call may have happened. */
export interface Unanswered extends OutcomeBase {
  readonly kind: 'unanswered';
  readonly why: 'deadline' | 'unavailable' | 'cancelled';
  readonly details: string;
}

/** Bytes that are not an OMResponse, or an envelope that breaks its own contract. */
export interface Unreadable extends OutcomeBase {
  readonly kind: 'unreadable';
  readonly details: string;
}

export type Outcome = Answered | Refused | Unanswered | Unreadable;

export type ReadHint = 'DEFAULT' | 'LINEARIZABLE_LEADER_ONLY' | 'LINEARIZABLE_ALLOW_FOLLOWER' | 'LOCAL_LEASE';

export interface CallOptions {
  readonly hint?: ReadHint;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Sent as `om-state-id`, the answer must not be older: an empty vector is not sent, a text is sent as it is. */
  readonly stateId?: StateVector | string | undefined;
  /** Default: the target's `call` budget. */
  readonly deadlineMs?: number;
  /** Another connection to the same node than the usual one. */
  readonly connection?: string;
  /** Calls with the same signal share a connection to each node, which breaks when it is aborted, as where their client is gone. */
  readonly breaks?: AbortSignal;
  /** Bytes appended to the encoded request, for unknown fields. */
  readonly extraBytes?: Uint8Array;
  /** Sent instead of the encoded request, as it is: bytes that need not be a request (W-5, W-6, W-8). */
  readonly message?: Uint8Array;
  /** Path of another gRPC method than submitRequest, with its leading slash (W-7). */
  readonly method?: string;
  readonly signal?: AbortSignal;
}

/** Sends one request to one node, records it in the transcript, and never throws for what the server does. */
export interface OmClient {
  call(
    node: string,
    request: Omit<OMRequest, 'clientId'> & { clientId?: string },
    options?: CallOptions,
  ): Promise<Outcome>;
}
