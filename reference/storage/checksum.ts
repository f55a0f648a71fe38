/**
 * Checksums that tell a stored row from one with flipped bytes. Each covers the row's key as well as its value, so that a
 * row that turns up under another key is found too.
 */
import { crc32 } from 'node:zlib';

/** Of a record of texts and numbers, such as the head of a group's log or one meta value. */
export function recordChecksum(...parts: readonly (string | number | bigint)[]): number {
  return crc32(parts.join('\u0000'));
}

/** Of one row of a state table. */
export function rowChecksum(key: Uint8Array, value: Uint8Array): number {
  return continued(value, continued(key, 0));
}

/** zlib answers 0, not the seed, for no bytes at all. */
function continued(bytes: Uint8Array, seed: number): number {
  return bytes.length === 0 ? seed : crc32(bytes, seed);
}

/** Of one log entry as it is packed (index, term, type, data), under the group's own seed: `recordChecksum(group)`. */
export function entryChecksum(groupSeed: number, packedEntry: Uint8Array): number {
  return crc32(packedEntry, groupSeed);
}
