/**
 * What a container wrote, out of the engine's form: frames of eight bytes (stream, three zeros, length) and their text. A
 * container with a terminal has no frames. Pure.
 */

const HEADER_BYTES = 8;

/** @param bytes a whole log, as the engine gives it */
export function textOfLog(bytes: Buffer): string {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (!isHeader(bytes, at)) return bytes.toString('utf8');
    const begin = at + HEADER_BYTES;
    at = begin + bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(begin, at));
  }
  return Buffer.concat(parts).toString('utf8');
}

function isHeader(bytes: Buffer, at: number): boolean {
  const stream = bytes[at] ?? 255;
  return at + HEADER_BYTES <= bytes.length && stream <= 2 && bytes.readUIntBE(at + 1, 3) === 0;
}
