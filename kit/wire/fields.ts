/**
 * Protobuf messages as the bytes of their fields, for sending what no encoder would make. It knows the wire format and no
 * message type.
 */
import protobuf from 'protobufjs';

export const WIRE_TYPE = { varint: 0, fixed64: 1, bytes: 2, openGroup: 3, closeGroup: 4, fixed32: 5 } as const;

export interface Field {
  readonly number: number;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  /** Of a length-delimited field; empty otherwise. */
  readonly content: Uint8Array;
}

/** What stands in front of every field. */
export function tag(number: number, wireType: number): number {
  return ((number << 3) | wireType) >>> 0;
}

/** The fields of a message in their order. Throws when the bytes are none. */
export function fieldsOf(message: Uint8Array): Field[] {
  const reader = protobuf.Reader.create(message);
  const found: Field[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const key = reader.uint32();
    const wireType = key & 7;
    const content = wireType === WIRE_TYPE.bytes ? reader.bytes() : new Uint8Array();
    if (wireType !== WIRE_TYPE.bytes) reader.skipType(wireType);
    found.push({ number: key >>> 3, whole: message.subarray(start, reader.pos), content });
  }
  return found;
}

/** A length-delimited field: bytes, text or a message. */
export function embedded(number: number, content: Uint8Array): Uint8Array {
  return protobuf.Writer.create().uint32(tag(number, WIRE_TYPE.bytes)).bytes(content).finish();
}

/** A field with a number in it. */
export function numbered(number: number, value: number): Uint8Array {
  return protobuf.Writer.create().uint32(tag(number, WIRE_TYPE.varint)).int32(value).finish();
}

/**
 * The message with one field made over, the first of its number at the end of `path`, in the messages that the numbers before
 * it lead to. Lengths fit again. Throws RangeError where there is no such field.
 */
export function madeOver(
  message: Uint8Array,
  path: readonly number[],
  change: (field: Field) => Uint8Array,
): Uint8Array {
  const [next, ...rest] = path;
  const fields = fieldsOf(message);
  const at = fields.findIndex(({ number }) => number === next);
  const field = fields[at];
  if (next === undefined || field === undefined) throw new RangeError(`the message has no field ${next}`);
  const changed = rest.length === 0 ? change(field) : embedded(next, madeOver(field.content, rest, change));
  return Buffer.concat(fields.map(({ whole }, index) => (index === at ? changed : whole)));
}
