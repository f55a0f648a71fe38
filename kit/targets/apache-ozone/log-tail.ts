/** The end of a server's log, for the message of an error: what it said last, without stack frames and banners. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { printable } from '../../wire/text.js';

const MAX_BYTES = 64 * 1024;
const MAX_LINES = 4;
const MAX_LINE_CHARS = 220;
/** Stack frames, the frame of a banner, and empty lines. */
const NOISE = /^\s*(?:at\s.*|\.\.\. \d+ more|[/*\s]*|SHUTDOWN_MSG:.*|.*SHUTDOWN_MSG:\s*)$/;

const COMPLAINT = /\b(?:ERROR|FATAL|Error:)|Exception\b|^Error|Unrecognized/;

/** The last lines that say something, joined by `|`, and where the rest is. */
export function tailOf(logFile: string): string {
  const lines = decisiveLines(readTail(logFile));
  return lines.length === 0 ? `${logFile} is empty` : `${logFile} ends with: ${lines.join(' | ')}`;
}

/** The last complaints, or, where nothing complains, the last lines. */
export function decisiveLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !NOISE.test(line));
  const complaints = lines.filter((line) => COMPLAINT.test(line));
  const chosen = complaints.length > 0 ? complaints : lines;
  return [...new Set(chosen.map((line) => printable(line.trim(), MAX_LINE_CHARS)))].slice(-MAX_LINES);
}

function readTail(logFile: string): string {
  let file: number;
  try {
    file = openSync(logFile, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw cause;
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, MAX_BYTES));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, read);
  } finally {
    closeSync(file);
  }
}
