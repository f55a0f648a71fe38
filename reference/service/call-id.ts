/**
 * The name that a client gives its call: what `om-call-id` may hold, and by what a request is known again (LE-RETRY-3,
 * docs/spec/wire-binding.md §2). Pure; what becomes of a named call is the node's to decide.
 */
import { createHash } from 'node:crypto';
import type { hadoop } from '#proto';
import { lengthDelimitedFields } from '../wire/raw-fields.js';

const MAX_CALL_ID = 2n ** 64n - 1n;

/** A call id is a name, so each has one spelling: no sign, no space, no leading zero. */
export function parseCallId(values: readonly string[]): { readonly callId: bigint } | { readonly wrong: string } {
  const [text = '', ...others] = values;
  if (others.length > 0) return { wrong: `stands there ${values.length} times, expected once` };
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return { wrong: `${shown(text)} is not a decimal number without sign` };
  const callId = BigInt(text);
  return callId > MAX_CALL_ID ? { wrong: `${text} is more than ${MAX_CALL_ID}` } : { callId };
}

/** Of OMRequest: sub-requests have the numbers in between, but for the one of the S3 signature, which says who asks. */
const FIRST_SUB_REQUEST = 11;
const LAST_SUB_REQUEST = 199;
const S3_AUTHENTICATION = 95;

/**
 * SHA-256 over command type and sub-request as they were received, 32 bytes. Fields that this version does not know count
 * inside a sub-request; who asks, how, and with what hints does not.
 */
export function requestDigest(cmdType: hadoop.ozone.Type, request: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(uint32(cmdType));
  for (const { number, bytes } of lengthDelimitedFields(request)) {
    if (number < FIRST_SUB_REQUEST || number > LAST_SUB_REQUEST || number === S3_AUTHENTICATION) continue;
    hash.update(uint32(number)).update(uint32(bytes.length)).update(bytes);
  }
  return hash.digest();
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
