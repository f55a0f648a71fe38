/**
 * The memory of calls: which rows hold that a call was carried out and what its caller was told, and which of them have
 * expired (LE-RETRY-1, LE-RETRY-3, LE-RETRY-4). A function of state and times that are given to it; when a row is written is
 * apply's to decide, when one is looked for or dropped the leader's (docs/decisions/0011).
 *
 * `retry` holds (client, call id) → plan time, request digest, answer; `retryTime` holds (plan time, client, call id) → nothing
 * for each of them, so that the oldest are found first.
 */
import { createHash } from 'node:crypto';
import { hadoop } from '#proto';
import type { Answer, Operation } from '../namespace/command.js';
import type { StateTransaction, StateView, TableName } from '../storage/state-store.js';
import { decode } from '../wire/plain.js';
import { answerOf, REQUEST_DIGEST_BYTES } from './entry-codec.js';

const CALLS: TableName = 'retry';
const TIMES: TableName = 'retryTime';

const CLIENT_BYTES = 16;
const TIME_BYTES = 8;
const NOTHING = new Uint8Array(0);

/** One logical call as its client named it, and what it asks for (wire-binding §2). */
export interface CallName {
  /** Never empty. */
  readonly clientId: string;
  readonly callId: bigint;
  /** SHA-256 over the command type and the sub-request as received (LE-RETRY-3). */
  readonly requestDigest: Uint8Array;
}

export interface RememberedCall {
  /** Time of the entry that carried it out, ms since 1970. */
  readonly planTimeMs: bigint;
  readonly requestDigest: Uint8Array;
  /** The OMResponse as its entry holds it, serialized. */
  readonly response: Uint8Array;
}

/**
 * Key of a call in `retry`, 24 bytes: the first half of the SHA-256 of the client id, then the call id. A hash, because a client
 * chooses the length of its id and the key stands in every row and in every entry that drops one.
 */
export function callKey(clientId: string, callId: bigint): Uint8Array {
  const key = Buffer.allocUnsafe(CLIENT_BYTES + 8);
  createHash('sha256').update(clientId).digest().copy(key, 0, 0, CLIENT_BYTES);
  key.writeBigUInt64BE(callId, CLIENT_BYTES);
  return key;
}

/** Writes the rows of one call; those that it had before are overwritten, or dropped by the entry itself. */
export function remember(transaction: StateTransaction, key: Uint8Array, call: RememberedCall): void {
  const { planTimeMs, requestDigest, response } = call;
  transaction.put(CALLS, key, Buffer.concat([timeBytes(planTimeMs), requestDigest, response]));
  transaction.put(TIMES, timeKey(planTimeMs, key), NOTHING);
}

export function rememberedCall(view: StateView, key: Uint8Array): RememberedCall | undefined {
  const row = view.get(CALLS, key);
  if (row === undefined) return undefined;
  const digestEnd = TIME_BYTES + REQUEST_DIGEST_BYTES;
  return {
    planTimeMs: timeOf(row),
    requestDigest: row.subarray(TIME_BYTES, digestEnd),
    response: row.subarray(digestEnd),
  };
}

/** What the caller of a remembered call was told. */
export function rememberedAnswer(call: RememberedCall): Answer {
  return answerOf(decode(hadoop.ozone.OMResponse, call.response));
}

/** What is said to a request under the name of another one (LE-RETRY-3). */
export function otherRequest(callId: bigint): Answer {
  return {
    status: hadoop.ozone.Status.INVALID_REQUEST,
    message: `This client used call id ${callId} for another request`,
    body: {},
  };
}

/** Whether a call of `planTimeMs` is forgotten at `nowMs`. */
export function expired(planTimeMs: bigint, nowMs: bigint, expiryMs: number): boolean {
  return planTimeMs + BigInt(expiryMs) <= nowMs;
}

/** Plan time of the newest call in memory; 0 when there is none. */
export function newestCallTimeMs(view: StateView): bigint {
  // The table can be read in ascending order only: bisect over the times that a key can have, a seek each.
  let newest = 0n;
  for (let step = 1n << 63n; step > 0n; step >>= 1n) {
    const candidate = newest + step;
    const [row] = view.scan(TIMES, { from: timeBytes(candidate), limit: 1 });
    if (row !== undefined) newest = candidate;
  }
  return newest;
}

/** A row of `retryTime`. */
export interface TimedCall {
  readonly timeKey: Uint8Array;
  readonly planTimeMs: bigint;
  readonly key: Uint8Array;
}

/** The oldest calls behind the row `after`, at most `limit`. */
export function* oldestCalls(view: StateView, after: Uint8Array | undefined, limit: number): Generator<TimedCall> {
  for (const [timed] of view.scan(TIMES, after === undefined ? { limit } : { after, limit })) {
    yield { timeKey: timed, planTimeMs: timeOf(timed), key: timed.subarray(TIME_BYTES) };
  }
}

/** Drops one call from both tables. */
export function forgetCall({ timeKey: timed, key }: TimedCall): readonly Operation[] {
  return [
    { kind: 'delete', table: CALLS, key },
    { kind: 'delete', table: TIMES, key: timed },
  ];
}

/** Drops the time of a call whose row in `retry` stays or is written anew. */
export function forgetTime(planTimeMs: bigint, key: Uint8Array): Operation {
  return { kind: 'delete', table: TIMES, key: timeKey(planTimeMs, key) };
}

function timeKey(planTimeMs: bigint, key: Uint8Array): Uint8Array {
  return Buffer.concat([timeBytes(planTimeMs), key]);
}

function timeBytes(timeMs: bigint): Uint8Array {
  const bytes = Buffer.allocUnsafe(TIME_BYTES);
  bytes.writeBigUInt64BE(timeMs);
  return bytes;
}

function timeOf(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getBigUint64(0);
}
