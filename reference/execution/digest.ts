/**
 * The rolling digest of a group: d(i) = SHA-256(d(i−1) ‖ i ‖ canonical operations of entry i), where i takes 8 bytes, big-endian
 * (design §4.8, docs/spec/wire-binding.md §4). An entry that changes nothing counts with no operations. The answers that
 * entries carry, and fields that this version does not know, are no part of it (LE-APPLY-6).
 */
import { createHash } from 'node:crypto';
import type { Operation } from '../namespace/command.js';

const KIND = { put: 1, delete: 2, merge: 3, checkpoint: 4 } as const;
const NOTHING = new Uint8Array(0);

/**
 * One operation in its canonical form: kind (1 byte), table, key and value each as 4-byte big-endian length and bytes, then the
 * merge operator (4 bytes; 0 when there is none).
 */
export function canonicalOperation(operation: Operation): Uint8Array {
  const table = Buffer.from(operation.kind === 'checkpoint' ? '' : operation.table);
  const key = operation.kind === 'checkpoint' ? NOTHING : operation.key;
  const value = operation.kind === 'put' || operation.kind === 'merge' ? operation.value : NOTHING;
  const bytes = Buffer.allocUnsafe(1 + 3 * 4 + table.length + key.length + value.length + 4);
  let at = bytes.writeUInt8(KIND[operation.kind], 0);
  for (const field of [table, key, value]) {
    at = bytes.writeUInt32BE(field.length, at);
    bytes.set(field, at);
    at += field.length;
  }
  bytes.writeUInt32BE(operation.kind === 'merge' ? operation.operator : 0, at);
  return bytes;
}

/** The digest after the entry at `index`, 32 bytes. */
export function rollDigest(before: Uint8Array, index: number, operations: readonly Operation[]): Uint8Array {
  const indexBytes = Buffer.allocUnsafe(8);
  indexBytes.writeBigUInt64BE(BigInt(index), 0);
  const hash = createHash('sha256').update(before).update(indexBytes);
  for (const operation of operations) hash.update(canonicalOperation(operation));
  return hash.digest();
}
