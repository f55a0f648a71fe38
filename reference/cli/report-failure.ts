/** How `om-reference` ends when something failed: one message, a documented exit code, a stack trace on request only. */

import { ReferenceFailure } from '../errors.js';
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
  const text = `om-reference: ${failure.message}\n`;
  return debug ? `${text}${stackOf(failure)}` : text;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `caused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}\n${cause}`;
}
