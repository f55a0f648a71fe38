/**
 * What the user sees of an error that ends a command: one message with what to do, and the exit code that belongs to it
 * (harness-contracts.md §4). A stack trace only when it was asked for.
 */
import { ERRORS, type ErrorEntry } from '../errors.js';
import { EnvironmentError, HarnessError, UsageError } from '../failure.js';
import { messageOf } from '../wire/text.js';

/** Error numbers of the system that the user can do something about. */
const SYSTEM_CODES = new Set(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EMFILE', 'EDQUOT', 'EFBIG', 'EIO']);

export interface ExplainedError {
  readonly text: string;
  readonly exit: 2 | 3 | 4;
}

export function explainError(error: unknown, debug: boolean): ExplainedError {
  const coded = error instanceof UsageError || error instanceof EnvironmentError || error instanceof HarnessError;
  const code = coded ? error.code : isOfFileSystem(error) ? 'FILE_SYSTEM' : 'KIT_FAULT';
  const entry = entryOf(code);
  const lines = [`error ${code}: ${messageOf(error)}`, ...(entry === undefined ? [] : [entry.remedy])];
  if (debug && error instanceof Error && error.stack !== undefined) lines.push(error.stack);
  return { text: lines.join('\n'), exit: entry?.exit ?? (error instanceof UsageError ? 3 : coded ? 2 : 4) };
}

/** An entry of the registry by its code. */
export function entryOf(code: string): ErrorEntry | undefined {
  return Object.hasOwn(ERRORS, code) ? ERRORS[code as keyof typeof ERRORS] : undefined;
}

/** A full disk, a missing permission: what the user can do something about, and no fault of the kit. */
function isOfFileSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && SYSTEM_CODES.has(String(error.code));
}
