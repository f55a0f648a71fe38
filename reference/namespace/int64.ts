/**
 * 64-bit integers as rows and merge operands hold them: 8 bytes, big-endian, two's complement (docs/spec/wire-binding.md §4).
 * Says what the numbers are, not when they are added.
 */

/** Merge operator int64-add. */
export const INT64_ADD = 1;

export const INT64_MIN = -(2n ** 63n);
export const INT64_MAX = 2n ** 63n - 1n;

export function int64ToBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value);
  return bytes;
}

/** `bytes` has a length of 8. */
export function int64FromBytes(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0);
}
