/**
 * Writes a message as one bounded line of text for the transcript: secrets left out, long values cut, nothing that a terminal
 * would obey. The cost of a line is bounded too, however large the message.
 */
import { printable } from './text.js';

/** Fields whose values let somebody act as somebody else; `token` covers a key location's whole block token. */
const SECRET =
  /^(?:signature|stringToSign|password|token|identifier|awsSecret|secret\w*|encryptedDataEncryptionKey|authorization|cookie|.*-token|.*-signature|x-amz-.*)$/i;
export const REDACTED = '‹redacted›';

const MAX_STRING_CHARS = 200;
const MAX_ELEMENTS = 20;
const MAX_DEPTH = 8;
const SHOWN_BYTES = 16;

/** Names for the numbers of enum fields, by field name. */
export type EnumNames = Readonly<Record<string, Readonly<Record<number, string>>>>;

/** @param maxChars bound of the result, a cut mark included or not */
export function render(message: unknown, maxChars: number, enums: EnumNames = {}): string {
  const out = new Bounded(maxChars);
  write(out, message, '', 0, enums);
  return out.text();
}

/** Metadata with secrets redacted and values bounded. */
export function safeMetadata(metadata: Iterable<readonly [string, string]>): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const [key, value] of metadata) {
    safe[printable(key, 128)] = SECRET.test(key) ? REDACTED : printable(value, 1024);
  }
  return safe;
}

/** Collects text up to a bound and knows when it is full, so that the walk can stop. */
class Bounded {
  private parts = '';
  private cut = false;
  constructor(private readonly maxChars: number) {}
  get full(): boolean {
    return this.parts.length >= this.maxChars;
  }
  add(text: string): void {
    if (this.full) {
      this.cut = true;
      return;
    }
    this.parts += text;
  }
  text(): string {
    return this.parts.length > this.maxChars || this.cut ? `${this.parts.slice(0, this.maxChars)}…` : this.parts;
  }
}

function write(out: Bounded, value: unknown, field: string, depth: number, enums: EnumNames): void {
  if (SECRET.test(field)) out.add(REDACTED);
  else if (value instanceof Uint8Array) out.add(bytesText(value));
  else if (Array.isArray(value)) writeList(out, value, field, depth, enums);
  else if (typeof value === 'object' && value !== null) writeRecord(out, value, depth, enums);
  else if (typeof value === 'string') out.add(JSON.stringify(printable(value, MAX_STRING_CHARS)));
  else if (typeof value === 'number') out.add(enums[field]?.[value] ?? String(value));
  else out.add(String(value));
}

function writeList(out: Bounded, list: readonly unknown[], field: string, depth: number, enums: EnumNames): void {
  out.add('[');
  for (const [index, element] of list.slice(0, MAX_ELEMENTS).entries()) {
    if (out.full) break;
    if (index > 0) out.add(', ');
    write(out, element, field, depth + 1, enums);
  }
  if (list.length > MAX_ELEMENTS) out.add(`, … ${list.length - MAX_ELEMENTS} more`);
  out.add(']');
}

function writeRecord(out: Bounded, record: object, depth: number, enums: EnumNames): void {
  if (depth >= MAX_DEPTH) {
    out.add('{…}');
    return;
  }
  let separator = '{';
  for (const [key, inner] of Object.entries(record)) {
    if (out.full) break;
    if (inner === undefined || inner === null) continue;
    out.add(`${separator}${key}: `);
    separator = ', ';
    write(out, inner, key, depth + 1, enums);
  }
  out.add(separator === '{' ? '{}' : '}');
}

function bytesText(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SHOWN_BYTES)).toString('hex');
  return bytes.byteLength > SHOWN_BYTES ? `<${bytes.byteLength} bytes ${shown}…>` : `<${shown}>`;
}
