/** A key as a client writes it: a session, and its commit. */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Block, KeyPlace, KeySaid } from './operations/key.js';

/** What came of it: of the commit, or of the request for a session where that was refused. */
export async function writeKey(
  line: LeaderLine,
  place: KeyPlace,
  said: KeySaid & { readonly expectedGeneration?: bigint } = {},
): Promise<Outcome> {
  const opened = await line.send({ kind: 'open-key', ...said, ...place });
  const clientId = clientIdIn(opened);
  if (clientId === undefined) return opened;
  const { volume, bucket, key } = place;
  const { bytes } = said;
  const written = bytes === undefined ? {} : { bytes, blocks: filledBlocks(opened, bytes) };
  return await line.send({ kind: 'commit-key', volume, bucket, key, clientId, ...written });
}

/** The blocks of a session as a commit reports them that has written so many bytes into them, one after the other. */
export function filledBlocks(opened: Outcome, bytes: bigint): Block[] {
  const info = opened.kind === 'answered' ? opened.response.createKeyResponse?.keyInfo : undefined;
  let left = bytes;
  return (info?.keyLocationList?.at(-1)?.keyLocations ?? []).map((block) => {
    const length = left < block.length ? left : block.length;
    left -= length;
    return { ...block, length };
  });
}

/** The client id of the session that a CreateKey opened; undefined where it opened none. */
export function clientIdIn(outcome: Outcome): bigint | undefined {
  return outcome.kind === 'answered' ? (outcome.response.createKeyResponse?.ID ?? undefined) : undefined;
}
