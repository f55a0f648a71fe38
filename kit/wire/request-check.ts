/**
 * Encodes a request of our own and makes sure that the bytes say exactly what was asked: a missing required field, a
 * misspelt one or a value that does not fit is the kit's own fault and must never reach an implementation and be blamed on it.
 */
import { HarnessError } from '../failure.js';
import { decode, encode, type MessageType, type Plain } from './plain.js';
import { messageOf } from './text.js';

/** @throws HarnessError REQUEST_INVALID, naming the field */
export function encodeChecked<P>(type: MessageType<P>, name: string, request: Plain<P>): Uint8Array {
  let bytes: Uint8Array;
  let read: Plain<P>;
  try {
    bytes = encode(type, request);
    read = decode(type, bytes);
  } catch (cause) {
    throw new HarnessError('REQUEST_INVALID', `the kit built an invalid ${name}: ${messageOf(cause)}`, { cause });
  }
  const difference = firstDifference(request, read, name);
  if (difference !== undefined) {
    throw new HarnessError('REQUEST_INVALID', `the kit built an invalid ${name}: ${difference}`);
  }
  return bytes;
}

/** Where `asked` and `read` differ, in words; absent, null and an empty list are the same. */
function firstDifference(asked: unknown, read: unknown, path: string): string | undefined {
  if (isAbsent(asked) && isAbsent(read)) return undefined;
  if (isAbsent(asked)) return `${path}: the required field is missing`;
  if (isAbsent(read)) return `${path}: no such field, or not a value of its type`;
  if (asked instanceof Uint8Array && read instanceof Uint8Array) {
    return Buffer.from(asked.buffer, asked.byteOffset, asked.byteLength).equals(read)
      ? undefined
      : `${path}: the bytes changed in encoding`;
  }
  if (Array.isArray(asked) && Array.isArray(read)) {
    if (asked.length !== read.length) return `${path}: ${asked.length} elements became ${read.length}`;
    for (let i = 0; i < asked.length; i += 1) {
      const found = firstDifference(asked[i], read[i], `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isRecord(asked) && isRecord(read)) {
    for (const key of new Set([...Object.keys(asked), ...Object.keys(read)])) {
      const found = firstDifference(asked[key], read[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return Object.is(asked, read)
    ? undefined
    : `${path}: ${typeof asked} ${String(asked)} would be sent as ${String(read)}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
