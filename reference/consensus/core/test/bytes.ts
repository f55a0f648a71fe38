/** Messages made by hand, for tests that give consensus what no member would send. */

/** A message in protobuf, from its fields (number → value); all numbers here fit one or more varint bytes. */
export function message(fields: Readonly<Record<number, number | Uint8Array>>): Uint8Array {
  const out: number[] = [];
  const varint = (value: bigint) => {
    let rest = value;
    for (; rest > 127n; rest >>= 7n) {
      out.push(Number(rest & 127n) | 128);
    }
    out.push(Number(rest));
  };
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'number') {
      varint(BigInt(field) << 3n);
      varint(BigInt(value));
    } else {
      varint((BigInt(field) << 3n) | 2n);
      varint(BigInt(value.length));
      out.push(...value);
    }
  }
  return Uint8Array.from(out);
}

// Field numbers of raft's Message.
export const TYPE = 1;
export const TO = 2;
export const FROM = 3;
export const TERM = 4;
export const INDEX = 6;
export const ENTRIES = 7;
export const COMMIT = 8;
export const SNAPSHOT = 9;
export const CONTEXT = 12;

export const PROPOSE = 2;
export const APPEND = 3;
export const SNAP = 7;
export const HEARTBEAT = 8;
export const HEARTBEAT_ANSWER = 9;
export const READ_INDEX = 15;
export const STORED = 20;
