/** What a merge leaves in a row (docs/spec/wire-binding.md §4). Pure: old value and operand in, new value out. */
import { ReferenceFailure } from '../errors.js';
import { INT64_ADD, INT64_MAX, INT64_MIN, int64FromBytes, int64ToBytes } from '../namespace/int64.js';

export interface Merge {
  readonly table: string;
  readonly value: Uint8Array;
  readonly operator: number;
}

/** A missing row counts as 0. Throws `ENTRY_UNKNOWN_OPERATION` or `MERGE_FAILED`; `index` names the entry in them. */
export function mergedValue(present: Uint8Array | undefined, merge: Merge, index: number): Uint8Array {
  if (merge.operator !== INT64_ADD) {
    throw new ReferenceFailure('ENTRY_UNKNOWN_OPERATION', `entry ${index} has a merge with operator ${merge.operator}`);
  }
  for (const [what, bytes] of [
    ['operand', merge.value],
    ['row', present],
  ] as const) {
    if (bytes !== undefined && bytes.length !== 8) {
      throw failed(index, merge, `the ${what} has ${bytes.length} bytes where int64-add takes 8`);
    }
  }
  const before = present === undefined ? 0n : int64FromBytes(present);
  const operand = int64FromBytes(merge.value);
  const after = before + operand;
  if (after < INT64_MIN || after > INT64_MAX) {
    throw failed(index, merge, `${before} and ${operand} together leave the range of 64 bits`);
  }
  return int64ToBytes(after);
}

function failed(index: number, merge: Merge, why: string): ReferenceFailure {
  return new ReferenceFailure('MERGE_FAILED', `entry ${index}, table ${merge.table}: ${why}`);
}
