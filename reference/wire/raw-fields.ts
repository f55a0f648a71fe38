/**
 * Reads the fields of a serialized message as they stand in its bytes: for what must not lose fields that this version does
 * not know (LE-RETRY-3, LE-APPLY-6). Knows nothing of what they mean.
 */
import { Reader } from 'protobufjs/minimal.js';

const LENGTH_DELIMITED = 2;

/**
 * Strings, bytes and messages among a message's fields, in their order. `bytes` are views of the message.
 *
 * Throws what the protobuf library throws when the bytes are no message.
 */
export function* lengthDelimitedFields(
  message: Uint8Array,
): Generator<{ readonly number: number; readonly bytes: Uint8Array }> {
  const reader = Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === LENGTH_DELIMITED) yield { number: tag >>> 3, bytes: reader.bytes() };
    else reader.skipType(tag & 7);
  }
}

/** How many times a field stands there, in any wire type. Throws as `lengthDelimitedFields` does. */
export function fieldCount(message: Uint8Array, number: number): number {
  const reader = Reader.create(message);
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === number) count += 1;
    reader.skipType(tag & 7);
  }
  return count;
}

/**
 * One field's bytes; what stands there several times is joined, which to a reader is the same message. Undefined when it
 * does not stand there.
 */
export function joinedField(message: Uint8Array, number: number): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (const field of lengthDelimitedFields(message)) if (field.number === number) parts.push(field.bytes);
  return parts.length > 1 ? Buffer.concat(parts) : parts[0];
}
