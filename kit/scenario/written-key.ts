/** A key as a client writes it: a session, and its commit. What CreateFile opens is a session as well. */
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
  return await line.send({ kind: 'commit-key', volume, bucket, key, clientId, ...writtenIn(opened, said.bytes) });
}

/** What the commit of a session says that was written, and into which of its blocks. */
export function writtenIn(
  opened: Outcome,
  bytes: bigint | undefined,
): { readonly bytes?: bigint; readonly blocks?: readonly Block[] } {
  return bytes === undefined ? {} : { bytes, blocks: filledBlocks(opened, bytes) };
}

/** The blocks of a session as a commit reports them that has written so many bytes into them, one after the other. */
export function filledBlocks(opened: Outcome, bytes: bigint): Block[] {
  const info = sessionIn(opened)?.keyInfo;
  let left = bytes;
  return (info?.keyLocationList?.at(-1)?.keyLocations ?? []).map((block) => {
    const length = left < block.length ? left : block.length;
    left -= length;
    return { ...block, length };
  });
}

/** The client id of the session that a CreateKey or CreateFile opened; undefined where it opened none. */
export function clientIdIn(outcome: Outcome): bigint | undefined {
  return sessionIn(outcome)?.ID ?? undefined;
}

function sessionIn(outcome: Outcome) {
  if (outcome.kind !== 'answered') return undefined;
  return outcome.response.createKeyResponse ?? outcome.response.createFileResponse;
}
