/**
 * Makes text that an implementation sent safe to keep and to print: no terminal control, no reordering of what the reader
 * sees, a bounded length (design §6). It decides nothing about meaning.
 */

/** C0 and C1 controls, DEL, line separators, and the marks that turn the direction of text. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const WHITE = /[\t\n\r\u2028\u2029]+/g;

/** `text` without control characters and at most `maxChars` long; a cut is marked with how much is missing. */
export function printable(text: string, maxChars: number): string {
  // Cut first: a hostile text of many megabytes must not be scanned whole.
  const head = text.length > maxChars ? text.slice(0, maxChars) : text;
  const clean = head.replace(WHITE, ' ').replace(UNSAFE, '');
  return text.length > maxChars ? `${clean}… (${text.length - maxChars} more characters)` : clean;
}

/** The message of anything that was thrown, printable, for the details of an error. */
export function messageOf(thrown: unknown): string {
  return printable(thrown instanceof Error ? thrown.message : String(thrown), 1024);
}
