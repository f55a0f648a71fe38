/**
 * Decides what the end of a call was: an answer, a refusal that the server gave, silence, or bytes that mean nothing.
 * gRPC libraries report their own troubles with the same status numbers as a server's, and only here are the two told apart.
 */
import { status as Code } from '@grpc/grpc-js';

/** The raw end of one call, as the gRPC library reports it. */
export interface CallEnd {
  readonly code: number;
  readonly details: string;
  /** Trailing metadata as received; empty when the library made the status up. */
  readonly trailers: ReadonlyMap<string, string>;
  /** Whether response headers arrived. */
  readonly headersSeen: boolean;
  readonly message: Uint8Array | undefined;
  /** Whether the caller took the call back. */
  readonly aborted: boolean;
  /** Whether the caller's own deadline was over by then. */
  readonly overdue: boolean;
}

export type Ending =
  | { readonly kind: 'message'; readonly message: Uint8Array }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unanswered'; readonly why: 'deadline' | 'unavailable' | 'cancelled' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Texts of statuses that grpc-js makes up after response headers had arrived. */
const MADE_UP =
  /^(?:Connection dropped|Received RST_STREAM with code |read E[A-Z]+|Deadline exceeded|Call cancelled|Cancelled on client|Stream refused by server)/;
/** What was received broke the framing of gRPC, or a bound of this client. */
const MALFORMED =
  /^(?:Received message larger than max|Received message that decompresses|Failed to decompress|Too many responses received|Unsupported Compression|No status information received|Received HTTP status code)/i;
const ENDED_WITHOUT_STATUS = /Call ended without gRPC status/;

export function classify(end: CallEnd): Ending {
  if (end.code === Code.OK) {
    return end.message === undefined
      ? { kind: 'unreadable', why: 'gRPC status OK without a message' }
      : { kind: 'message', message: end.message };
  }
  if (end.aborted && end.trailers.size === 0) return { kind: 'unanswered', why: 'cancelled' };
  // A node built on the same library says the same of a request as this client of an answer, which comes after headers.
  const ofTheRequest = end.code === Code.RESOURCE_EXHAUSTED && !end.headersSeen && end.trailers.size > 0;
  if (MALFORMED.test(end.details) && !ofTheRequest) return { kind: 'unreadable', why: end.details };
  // The server's library knows the caller's deadline too, and says so by itself: a race that its OM has no part in.
  if (end.code === Code.DEADLINE_EXCEEDED && end.overdue) return { kind: 'unanswered', why: 'deadline' };
  // A server's own status comes with trailers, or at least after its headers; a status that came with neither is made up.
  const spoke = end.trailers.size > 0 || (end.headersSeen && !MADE_UP.test(end.details));
  if (spoke) {
    return Number.isInteger(end.code) && end.code >= 0 && end.code <= 16
      ? { kind: 'refused' }
      : { kind: 'unreadable', why: `gRPC status ${end.code}, which does not exist` };
  }
  if (end.code === Code.DEADLINE_EXCEEDED) return { kind: 'unanswered', why: 'deadline' };
  if (end.headersSeen && ENDED_WITHOUT_STATUS.test(end.details)) return { kind: 'unreadable', why: end.details };
  return { kind: 'unanswered', why: 'unavailable' };
}
