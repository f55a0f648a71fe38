/** Observable: calls that were repeated until somebody decided them were carried out once (LE-RETRY-1). */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/**
 * Assertion `carried-out-once`: the last attempt of every call is answered OK. Each call is one that nobody stands in the way
 * of and that cannot succeed twice: one that was carried out twice has found its own effect.
 *
 * @param calls the attempts of each, in order
 */
export function assertCarriedOutOnce(calls: readonly (readonly Outcome[])[]): void {
  needCalls(calls);
  const wrong = calls.filter((attempts) => !isOk(attempts.at(-1)));
  const [first] = wrong;
  const last = first?.at(-1);
  if (first === undefined || last === undefined) return;
  const found = `${describe(last)} after ${first.length} attempts; ${wrong.length} of ${calls.length} calls like it`;
  throw failure('carried-out-once', 'OK, whichever attempt it was that was carried out', found, first);
}

function isOk(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.OK;
}
