/**
 * Which keys a scan covers, as one interval in byte order. Pure; how rows are fetched is decided by the state store.
 */

export interface ScanRange {
  readonly prefix?: Uint8Array;
  /** Inclusive. */
  readonly from?: Uint8Array;
  /** Exclusive. */
  readonly after?: Uint8Array;
  readonly limit?: number;
}

export interface KeyInterval {
  readonly lower: Uint8Array;
  readonly lowerInclusive: boolean;
  /** Exclusive; undefined = no end. */
  readonly upper: Uint8Array | undefined;
}

/** The keys that satisfy every part of `range`. */
export function keyInterval({ prefix, from, after }: ScanRange): KeyInterval {
  let lower: Uint8Array = new Uint8Array(0);
  for (const bound of [prefix, from]) if (bound !== undefined && Buffer.compare(bound, lower) > 0) lower = bound;
  const lowerInclusive = after === undefined || Buffer.compare(after, lower) < 0;
  return {
    lower: lowerInclusive ? lower : (after ?? lower),
    lowerInclusive,
    upper: prefix === undefined ? undefined : successorOfPrefix(prefix),
  };
}

/** The least key above every key with this prefix; undefined when there is none. */
export function successorOfPrefix(prefix: Uint8Array): Uint8Array | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  if (length === 0) return undefined;
  // A copy also of a Buffer, whose own `slice` would share the caller's bytes.
  const successor = Uint8Array.from(prefix.subarray(0, length));
  successor[length - 1] = (successor[length - 1] ?? 0) + 1;
  return successor;
}
