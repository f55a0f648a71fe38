/**
 * A few bytes beside the log that say how far it was acknowledged. SQLite takes the end of its write-ahead log at the first
 * frame that does not check, which is right after a torn write and silent loss after a flipped byte or an older copy of the
 * file; a log that ends below its mark is damaged. The mark is written after each sync, so it is never ahead of the log.
 */
import { closeSync, constants, fdatasyncSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ReferenceFailure } from '../errors.js';
import { recordChecksum } from './checksum.js';
import { syncPath } from './durable-files.js';
import { type ErrorPlace, explained } from './sqlite.js';

const SEQUENCE_DIGITS = 16;
const CHECKSUM_DIGITS = 8;
const MARK_BYTES = SEQUENCE_DIGITS + 1 + CHECKSUM_DIGITS + 1;

export class LogMark {
  readonly #descriptor: number;
  #noted: number;
  #synced: number;
  /** Number of the last write that was acknowledged when the mark was opened; 0 when nothing is known. */
  readonly found: number;

  private constructor(descriptor: number, found: number) {
    this.#descriptor = descriptor;
    this.found = found;
    this.#noted = found;
    this.#synced = found;
  }

  /** Opens or creates the mark. Throws `LOG_DAMAGED` when it has flipped bytes. */
  static open(place: ErrorPlace): LogMark {
    return explained(place, () => {
      const opened = openSync(place.file, constants.O_RDWR | constants.O_CREAT);
      syncPath(dirname(place.file));
      const buffer = Buffer.alloc(MARK_BYTES);
      const length = readSync(opened, buffer, 0, MARK_BYTES, 0);
      try {
        return new LogMark(opened, parseMark(buffer.subarray(0, length), place));
      } catch (error) {
        closeSync(opened);
        throw error;
      }
    });
  }

  /** Notes that write `sequence` and all before it were acknowledged. Outlives the process at once, power loss later. */
  note(sequence: number): void {
    this.#noted = sequence;
    writeSync(this.#descriptor, formatMark(sequence), 0, MARK_BYTES, 0);
  }

  sync(): void {
    fdatasyncSync(this.#descriptor);
    this.#synced = this.#noted;
  }

  /** The power is gone: the last note is on the disk, or only what was synced. */
  losePower(draw: () => number): void {
    if (draw() < 0.5) this.note(this.#synced);
  }

  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}

function formatMark(sequence: number): Buffer {
  const digits = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  const checksum = recordChecksum(digits).toString(16).padStart(CHECKSUM_DIGITS, '0');
  return Buffer.from(`${digits} ${checksum}\n`, 'latin1');
}

/** A mark that was never written, or whose first write was lost with the power (empty or zeros), knows nothing: 0. */
function parseMark(bytes: Buffer, place: ErrorPlace): number {
  if (bytes.every((byte) => byte === 0)) return 0;
  const digits = bytes.subarray(0, SEQUENCE_DIGITS).toString('latin1');
  const sequence = Number(digits);
  if (!/^\d+$/.test(digits) || !formatMark(sequence).equals(bytes)) {
    throw new ReferenceFailure('LOG_DAMAGED', `${place.file} is not a mark that this program wrote`);
  }
  return sequence;
}
