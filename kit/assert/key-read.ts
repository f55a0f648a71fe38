/** What a read of a key says of it. Every observable of keys starts here. */
import { hadoop } from '#proto';
import { CONTENT } from '../scenario/operations/key.js';
import type { Outcome } from '../wire/outcome.js';
import type { Plain } from '../wire/plain.js';

export type KeyInfo = Plain<hadoop.ozone.KeyInfo.$Properties>;

/** The key that a GetKeyInfo or LookupKey answered, or undefined where it answered none for whatever reason. */
export function keyIn(outcome: Outcome): KeyInfo | undefined {
  if (outcome.kind !== 'answered' || outcome.response.status !== hadoop.ozone.Status.OK) return undefined;
  const { GetKeyInfoResponse, lookupKeyResponse } = outcome.response;
  return GetKeyInfoResponse?.keyInfo ?? lookupKeyResponse?.keyInfo ?? undefined;
}

/** What stands for its content; undefined where it has none. */
export function contentOf({ metadata }: KeyInfo): string | undefined {
  return metadata?.find(({ key }) => key === CONTENT)?.value ?? undefined;
}
