/**
 * Turns a valid message into another one: field by field, as a wrong encoder or another version of the protocol would, or
 * byte by byte, as a broken line would. It knows the wire format and no message type. Pure.
 */
import type { Draws } from '../../../kit/scenario/draws.js';
import { embedded, fieldsOf, tag, WIRE_TYPE } from '../../../kit/wire/fields.js';

/** Numbers at which readers go wrong. */
const NUMBERS = [
  0n,
  1n,
  2n,
  127n,
  128n,
  1001n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
];
/** Texts at which readers go wrong; what is not UTF-8 is among them. */
const TEXTS: readonly Uint8Array[] = [
  ...['', ' ', '/', '//', '.', '..', 'a/../b', '.snapshot', '\u0000', 'a\u0000b', '\ud7ff\u{10000}', 'ä', ':', '%2F'],
  'x'.repeat(64),
  'y'.repeat(70_000),
  'd/'.repeat(300),
].map((text) => (typeof text === 'string' ? Buffer.from(text) : text));
const NO_TEXTS = [Buffer.of(0xff), Buffer.of(0xc0, 0x80), Buffer.of(0xed, 0xa0, 0x80), Buffer.of(0x61, 0xf4)];
const DEPTH = 6;

/** @param others messages whose parts may get into this one */
export function mutated(message: Uint8Array, others: readonly Uint8Array[], draws: Draws): Uint8Array {
  let made = message;
  for (let change = 0; change <= draws.below(3); change++) {
    made = draws.below(4) === 0 ? mutatedBytes(made, draws) : mutatedFields(made, others, draws, DEPTH);
  }
  return made;
}

function mutatedBytes(message: Uint8Array, draws: Draws): Uint8Array {
  const at = draws.below(message.length + 1);
  const length = draws.below(Math.min(16, message.length - at) + 1);
  const before = message.subarray(0, at);
  const part = message.subarray(at, at + length);
  const rest = message.subarray(at + length);
  switch (draws.below(6)) {
    case 0:
      return Buffer.concat([before, rest]);
    case 1:
      return Buffer.concat([before, part, part, rest]);
    case 2:
      return Buffer.concat([before, draws.bytes(length), rest]);
    case 3:
      return Buffer.concat([before, draws.bytes(1 + draws.below(8)), part, rest]);
    case 4:
      return before;
    default: {
      const flipped = Buffer.from(message);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << draws.below(8));
      return flipped;
    }
  }
}

function mutatedFields(message: Uint8Array, others: readonly Uint8Array[], draws: Draws, depth: number): Uint8Array {
  const fields = read(message);
  if (fields === undefined || fields.length === 0) return mutatedBytes(message, draws);
  const at = draws.below(fields.length);
  const field = fields[at];
  if (field === undefined) return message;
  const wholes = fields.map(({ whole }) => whole);
  const withField = (...made: Uint8Array[]) =>
    Buffer.concat([...wholes.slice(0, at), ...made, ...wholes.slice(at + 1)]);
  const inside = field.content.length > 0 && depth > 0 && read(field.content) !== undefined;
  // What is deep inside is most of a message: three times in four the change is made there.
  if (inside && draws.below(4) !== 0) {
    return withField(embedded(field.number, mutatedFields(field.content, others, draws, depth - 1)));
  }
  switch (draws.below(10)) {
    case 0:
      return withField();
    case 1:
      return withField(field.whole, field.whole);
    case 2:
      return withField(numberField(field.number, draws.oneOf(NUMBERS)));
    case 3:
      return withField(embedded(field.number, draws.oneOf(TEXTS)));
    case 4:
      return withField(embedded(field.number, draws.oneOf(NO_TEXTS)));
    case 5:
      return withField(
        numberField(draws.below(2) === 0 ? 1 : draws.below(220), BigInt(draws.below(1200))),
        field.whole,
      );
    case 6:
      return withField(field.whole, draws.oneOf(wholes));
    case 7:
      return Buffer.concat([...wholes.slice(at), ...wholes.slice(0, at)]);
    case 8:
      return withField(embedded(1 + draws.below(1100), field.content), field.whole);
    default: {
      const foreign = read(draws.oneOf(others)) ?? [];
      return foreign.length === 0 ? message : withField(field.whole, draws.oneOf(foreign).whole);
    }
  }
}

function read(message: Uint8Array) {
  try {
    return fieldsOf(message);
  } catch {
    return undefined; // Text, a number, or what an earlier change has broken.
  }
}

function numberField(number: number, value: bigint): Uint8Array {
  return Buffer.concat([varint(BigInt(tag(number, WIRE_TYPE.varint))), varint(value)]);
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Uint8Array.from([...bytes, Number(rest)]);
}
