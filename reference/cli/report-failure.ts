/** How `om-reference` ends when something failed: one message, a documented exit code, a stack trace on request only. */

import { ERRORS, type ErrorCode, ReferenceFailure } from '../errors.js';
import { ConfigurationError } from '../node/configuration.js';

/** Anything that was thrown, in the registry's words. What is not in the registry is a fault of this program. */
export function failureOf(error: unknown): ReferenceFailure {
  if (error instanceof ReferenceFailure) return error;
  if (error instanceof ConfigurationError) {
    return new ReferenceFailure('CONFIGURATION_INVALID', error.message, { cause: error });
  }
  return new ReferenceFailure('FAULT', error instanceof Error ? error.message : String(error), { cause: error });
}

/** What to write to standard error. */
export function failureText(error: unknown, debug: boolean): string {
  const failure = failureOf(error);
  // One message is one line, so that whoever reads a log finds all of it.
  const text = `om-reference: ${failure.message.replaceAll(/\s*\n\s*/g, ' ')}\n`;
  return debug ? `${text}${stackOf(failure)}` : text;
}

/**
 * The failure that a node ended with, read back from the message that it left in its log, so that whoever started it ends with
 * the same code. Undefined when the line is none.
 */
export function saidFailure(id: string, line: string, logFile: string): ReferenceFailure | undefined {
  const [, code = '', said = ''] = /^om-reference: ([A-Z_]+): (.*)$/.exec(line) ?? [];
  if (!isErrorCode(code)) return undefined;
  const usual = `. ${ERRORS[code].remedy}`;
  if (said.endsWith(usual)) return new ReferenceFailure(code, `${id}: ${said.slice(0, -usual.length)}`);
  // What it said to do was more exact, and stands in what it said.
  return new ReferenceFailure(code, `${id}: ${said.replace(/\.$/, '')}`, { remedy: `Its log is ${logFile}.` });
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `caused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}\n${cause}`;
}
