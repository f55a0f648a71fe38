/**
 * How writes travel between the loop and the log's thread: packed into one buffer that is handed over, not copied, because
 * cloning many small objects costs more than writing them. Decides a layout in memory; nothing of it is kept on disk except
 * that an entry's checksum is taken over its packed form.
 */
import type { EntryType, LogEntry, Membership } from '../consensus/raft-group.js';
import type { LogWrite } from './log-store.js';

/** index, term, type: 64-bit floats hold both exactly, as they are safe integers. */
const ENTRY_HEADER_BYTES = 8 + 8 + 1;
const HARD_STATE_BYTES = 3 * 8;
const HAS_HARD_STATE = 1;
const HAS_SNAPSHOT = 2;

/** Entry with the bytes that its checksum covers: header and data, as they stand in the packed buffer. */
export interface PackedEntry extends LogEntry {
  readonly packed: Uint8Array;
}

export interface UnpackedWrite extends LogWrite {
  readonly entries: readonly PackedEntry[];
}

export function packWrites(writes: readonly LogWrite[]): Uint8Array<ArrayBuffer> {
  const texts = writes.map((write) => ({
    group: Buffer.from(write.group),
    membership: Buffer.from(write.snapshot === undefined ? '' : JSON.stringify(write.snapshot.membership)),
  }));
  let size = 4;
  for (const [at, write] of writes.entries()) {
    size += 1 + 2 + (texts[at]?.group.length ?? 0) + 4;
    if (write.hardState !== undefined) size += HARD_STATE_BYTES;
    if (write.snapshot !== undefined) size += 8 + 8 + 4 + (texts[at]?.membership.length ?? 0);
    for (const entry of write.entries) size += 4 + ENTRY_HEADER_BYTES + entry.data.length;
  }
  const out = new PackWriter(size);
  out.uint32(writes.length);
  for (const [at, write] of writes.entries()) {
    const { hardState, snapshot } = write;
    out.uint8((hardState === undefined ? 0 : HAS_HARD_STATE) | (snapshot === undefined ? 0 : HAS_SNAPSHOT));
    const group = texts[at]?.group ?? Buffer.alloc(0);
    out.uint16(group.length);
    out.bytes(group);
    if (hardState !== undefined) {
      out.float64(hardState.term);
      out.float64(hardState.vote);
      out.float64(hardState.commit);
    }
    if (snapshot !== undefined) {
      const membership = texts[at]?.membership ?? Buffer.alloc(0);
      out.float64(snapshot.index);
      out.float64(snapshot.term);
      out.uint32(membership.length);
      out.bytes(membership);
    }
    out.uint32(write.entries.length);
    for (const entry of write.entries) {
      out.uint32(entry.data.length);
      out.float64(entry.index);
      out.float64(entry.term);
      out.uint8(entry.type);
      out.bytes(entry.data);
    }
  }
  return out.buffer;
}

/** The writes of a packed buffer; entry data are views of it. */
export function unpackWrites(buffer: Uint8Array): UnpackedWrite[] {
  const input = new PackReader(buffer);
  const writes: UnpackedWrite[] = [];
  for (let count = input.uint32(); count > 0; count--) {
    const flags = input.uint8();
    const group = input.bytes(input.uint16()).toString();
    const hardState =
      (flags & HAS_HARD_STATE) === 0
        ? undefined
        : { term: input.float64(), vote: input.float64(), commit: input.float64() };
    const snapshot =
      (flags & HAS_SNAPSHOT) === 0
        ? undefined
        : {
            index: input.float64(),
            term: input.float64(),
            membership: JSON.parse(input.bytes(input.uint32()).toString()) as Membership,
          };
    const entries: PackedEntry[] = [];
    for (let left = input.uint32(); left > 0; left--) {
      const length = input.uint32();
      const packed = input.peek(ENTRY_HEADER_BYTES + length);
      entries.push({
        index: input.float64(),
        term: input.float64(),
        type: input.uint8() as EntryType,
        data: input.bytes(length),
        packed,
      });
    }
    writes.push({ group, hardState, snapshot, entries });
  }
  return writes;
}

/** The packed form of one entry, for the check of a row that was read from disk. */
export function packEntry(entry: LogEntry): Uint8Array {
  const out = new PackWriter(ENTRY_HEADER_BYTES + entry.data.length);
  out.float64(entry.index);
  out.float64(entry.term);
  out.uint8(entry.type);
  out.bytes(entry.data);
  return out.buffer;
}

class PackWriter {
  readonly buffer: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number) {
    this.buffer = new Uint8Array(new ArrayBuffer(size));
    this.#view = new DataView(this.buffer.buffer);
  }
  uint8(value: number): void {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }
  uint16(value: number): void {
    this.#view.setUint16(this.#at, value);
    this.#at += 2;
  }
  uint32(value: number): void {
    this.#view.setUint32(this.#at, value);
    this.#at += 4;
  }
  float64(value: number): void {
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }
  bytes(value: Uint8Array): void {
    this.buffer.set(value, this.#at);
    this.#at += value.length;
  }
}

class PackReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Uint8Array) {
    this.#buffer = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }
  uint8(): number {
    return this.#buffer.readUInt8(this.#move(1));
  }
  uint16(): number {
    return this.#buffer.readUInt16BE(this.#move(2));
  }
  uint32(): number {
    return this.#buffer.readUInt32BE(this.#move(4));
  }
  float64(): number {
    return this.#buffer.readDoubleBE(this.#move(8));
  }
  bytes(length: number): Buffer {
    const start = this.#move(length);
    return this.#buffer.subarray(start, start + length);
  }
  peek(length: number): Buffer {
    return this.#buffer.subarray(this.#at, this.#at + length);
  }
  #move(length: number): number {
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
