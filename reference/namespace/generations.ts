/**
 * Conditions on the key that a write replaces: the generation (its update id, 0 = no key at all) or the ETag that the caller
 * has seen (NS-KEY-13). Checked when the session is opened and, as a generation, once more when it is committed.
 */
import { refusal, Status } from './answers.js';
import type { Answer } from './command.js';
import type { KeyArgs, KeyInfo } from './key-info.js';

/** Name of the metadata pair that holds a key's ETag. */
const ETAG = 'ETag';

export function etagOf(info: KeyInfo): string | undefined {
  return info.metadata?.find(({ key }) => key === ETAG)?.value ?? undefined;
}

/** For CreateKey; undefined when the key is as the caller expects. */
export function expectationFault(args: KeyArgs, present: KeyInfo | undefined): Answer | undefined {
  return generationFault(args.expectedDataGeneration, present) ?? etagFault(args.expectedETag, present);
}

/** The generation that a session has to find again at its commit. */
export function expectedGeneration(args: KeyArgs, present: KeyInfo | undefined): bigint | undefined {
  if (args.expectedDataGeneration != null) return args.expectedDataGeneration;
  return args.expectedETag == null ? undefined : (present?.updateID ?? undefined);
}

/** For CommitKey: another write came between. */
export function conflict(session: KeyInfo, present: KeyInfo | undefined): Answer | undefined {
  const expected = session.expectedDataGeneration;
  if (expected == null) return undefined;
  const found = present === undefined ? 0n : (present.updateID ?? 0n);
  if (found === expected) return undefined;
  return refusal(
    Status.ATOMIC_WRITE_CONFLICT,
    `Key ${session.keyName} was to be replaced at generation ${expected}, found ${present === undefined ? 'no key' : found}`,
  );
}

function generationFault(expected: bigint | null | undefined, present: KeyInfo | undefined): Answer | undefined {
  if (expected == null) return undefined;
  if (expected === 0n) {
    return present === undefined ? undefined : refusal(Status.KEY_ALREADY_EXISTS, 'The key exists, none was expected');
  }
  if (present?.updateID === expected) return undefined;
  const found = present === undefined ? 'no key' : `generation ${present.updateID}`;
  return refusal(Status.KEY_NOT_FOUND, `Generation ${expected} of the key was expected, found ${found}`);
}

function etagFault(expected: string | null | undefined, present: KeyInfo | undefined): Answer | undefined {
  if (expected == null) return undefined;
  if (present === undefined) return refusal(Status.KEY_NOT_FOUND, 'A key with an ETag was expected, found no key');
  const found = etagOf(present);
  if (found === undefined) return refusal(Status.ETAG_NOT_AVAILABLE, 'The key has no ETag');
  return found === expected ? undefined : refusal(Status.ETAG_MISMATCH, `The key has ETag ${found}`);
}
