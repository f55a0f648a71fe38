/**
 * What a loss of power can leave of a write-ahead log of SQLite: pure. The file is a header and frames, one page each; frames that
 * belong to it carry its two salts, older ones behind them do not. Frames are written in order and synced together, so what
 * was synced stands, and of the rest any part may, its last frame torn or one in the middle never written.
 */

export const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** What a disk writes at once. */
const SECTOR_BYTES = 512;

/** Draws from here on leave everything that was written. */
const ALL_FROM = 0.75;
const HOLE = 0.3;

/** How much of a write-ahead log is known to be on the disk. */
export interface SyncedPart {
  /** Of the log that it was then: a log that was begun anew since has another one. */
  readonly salt: string;
  readonly bytes: number;
}

/** The salts of a log as text; empty while it has no header. */
export function saltOf(wal: Uint8Array): string {
  return wal.length < WAL_HEADER_BYTES ? '' : Buffer.from(wal.subarray(16, 24)).toString('hex');
}

/** Where the last frame of this log ends. */
export function endOf(wal: Uint8Array): number {
  if (wal.length < WAL_HEADER_BYTES) return 0;
  const bytes = Buffer.from(wal.buffer, wal.byteOffset, wal.length);
  const frameBytes = FRAME_HEADER_BYTES + bytes.readUInt32BE(8);
  const salt = saltOf(wal);
  let end = WAL_HEADER_BYTES;
  while (end + frameBytes <= wal.length && bytes.toString('hex', end + 8, end + 16) === salt) end += frameBytes;
  return end;
}

/** From 0 up to, not including, 1. */
export type Draw = () => number;

/** The log as it may be found when the power is back. */
export function afterLoss(wal: Uint8Array, synced: SyncedPart | undefined, draw: Draw): Uint8Array {
  const end = endOf(wal);
  const kept = synced !== undefined && synced.salt === saltOf(wal) ? Math.min(synced.bytes, end) : 0;
  const cut = kept + Math.floor(Math.min(1, draw() / ALL_FROM) * (end - kept));
  const left = Uint8Array.from(wal.subarray(0, cut));
  // Sometimes the disk has written later sectors before an earlier one.
  const sectors = Math.floor((cut - kept) / SECTOR_BYTES);
  if (sectors > 0 && draw() < HOLE) {
    const lost = kept + Math.floor(draw() * sectors) * SECTOR_BYTES;
    left.fill(0, lost, lost + SECTOR_BYTES);
  }
  return left;
}

/** Equal seeds give equal draws (mulberry32). */
export function drawsFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
