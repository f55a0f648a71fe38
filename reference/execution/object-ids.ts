/**
 * Object ids: 64 bits that no other object of the cluster has (design §4.14, NS-KEY-12, MR-CROSS-3). From the top: two bits
 * of epoch, fourteen of the group's position, forty of the group's counter, eight reserved as upstream reserves them.
 */
import { ReferenceFailure } from '../errors.js';

/** The epoch of ids made by transactions, as upstream writes it; ids are therefore above 2^63. */
const EPOCH = 2n;
const GROUP_BITS = 14n;
const COUNTER_BITS = 40n;
const RESERVED_BITS = 8n;

/** Groups that ids can tell apart. */
export const MAX_GROUPS = Number(1n << GROUP_BITS);
/** The last id that one group can give. */
export const MAX_MANAGED_INDEX = (1n << COUNTER_BITS) - 1n;

/** `groupPosition` is 0 for main and i+1 for bucket group i; `managedIndex` begins at 1. Throws `IDS_EXHAUSTED`. */
export function objectIdOf(groupPosition: number, managedIndex: bigint): bigint {
  if (!Number.isInteger(groupPosition) || groupPosition < 0 || groupPosition >= MAX_GROUPS) {
    throw new ReferenceFailure(
      'IDS_EXHAUSTED',
      `a group has position ${groupPosition}, the last one is ${MAX_GROUPS - 1}`,
    );
  }
  if (managedIndex < 1n || managedIndex > MAX_MANAGED_INDEX) {
    throw new ReferenceFailure(
      'IDS_EXHAUSTED',
      `group ${groupPosition} asked for id ${managedIndex} of ${MAX_MANAGED_INDEX}`,
    );
  }
  const head = (EPOCH << GROUP_BITS) | BigInt(groupPosition);
  return (((head << COUNTER_BITS) | managedIndex) << RESERVED_BITS) & ((1n << 64n) - 1n);
}
