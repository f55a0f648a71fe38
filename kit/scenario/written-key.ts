/** A key as a client writes it: a session, and its commit. */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { KeyPlace, KeySaid } from './operations/key.js';

/** What came of it: of the commit, or of the request for a session where that was refused. */
export async function writeKey(
  line: LeaderLine,
  place: KeyPlace,
  said: KeySaid & { readonly expectedGeneration?: bigint } = {},
): Promise<readonly Outcome[]> {
  const opened = await line.send({ kind: 'open-key', ...said, ...place });
  const clientId = clientIdIn(opened);
  if (clientId === undefined) return [opened];
  const { volume, bucket, key } = place;
  return [opened, await line.send({ kind: 'commit-key', volume, bucket, key, clientId })];
}

/** The client id of the session that a CreateKey opened; undefined where it opened none. */
export function clientIdIn(outcome: Outcome): bigint | undefined {
  return outcome.kind === 'answered' ? (outcome.response.createKeyResponse?.ID ?? undefined) : undefined;
}
