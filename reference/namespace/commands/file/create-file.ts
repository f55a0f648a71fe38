/**
 * CreateFile: opens a session for a file as CreateKey does for a key, but says whether parents may be made and a file may be
 * replaced (NS-FSO-6). It always gets a block to write to.
 */
import { hadoop } from '#proto';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import { BLOCK_BYTES, blocksFor } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { Answer, OMRequest, WriteCommand } from '../../command.js';
import { filesOf } from '../../files-of.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { nameFault, reservedNameFault } from '../../key-names.js';
import type { NewPlace } from '../../key-space.js';
import { targetLocks, targetOf } from '../../key-target.js';
import { replicationOf } from '../../replication.js';
import { newKeyFault, openSession } from '../../sessions.js';

function asked(request: OMRequest): KeyArgs {
  return request.createFileRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const createFile: WriteCommand = {
  type: hadoop.ozone.Type.CreateFile,
  readClass: 'leader-only',

  validate: (request) => newKeyFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ bucket }) => filesOf(bucket).locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const target = targetOf(view, asked(request));
    if (isRefusal(target)) return { operations: [], answer: target };
    const { bucket } = target;
    const args = withSize(asked(request));
    const reserved = reservedNameFault(args.keyName);
    if (reserved !== undefined) return { operations: [], answer: reserved };
    const replication = replicationOf(args, bucket.info);
    if (isRefusal(replication)) return { operations: [], answer: replication };
    if (args.keyName === '') return refusedPlan(Status.NOT_A_FILE, 'The root is no file');
    const fault = nameFault(args.keyName);
    if (fault !== undefined) return { operations: [], answer: fault };
    const place = filesOf(bucket).newFile(view, { args, bucket, context });
    if (isRefusal(place)) return { operations: [], answer: place };
    const unwanted = unwantedChange(request, place);
    if (unwanted !== undefined) return { operations: [], answer: unwanted };
    const blocks = blocksFor(args.dataSize, replication);
    const session = openSession(view, { args, bucket, place, replication, blocks }, context);
    if (isRefusal(session)) return { operations: [], answer: session };
    const { operations, clientId: ID, keyInfo } = session;
    return {
      operations,
      answer: ok({ createFileResponse: { keyInfo, ID, openVersion: keyInfo.latestVersion ?? 0n } }),
    };
  },
};

/** Who states no size gets a whole block. */
function withSize(args: KeyArgs): KeyArgs & { readonly dataSize: bigint } {
  const bytes = BigInt.asIntN(64, args.dataSize ?? 0n);
  return { ...args, dataSize: bytes > 0n ? bytes : BLOCK_BYTES };
}

function unwantedChange({ createFileRequest }: OMRequest, { path, present, newParents }: NewPlace): Answer | undefined {
  if (present !== undefined && createFileRequest?.isOverwrite !== true) {
    return refusal(Status.FILE_ALREADY_EXISTS, `File ${path} already exists`);
  }
  if (newParents > 0 && createFileRequest?.isRecursive !== true) {
    return refusal(Status.DIRECTORY_NOT_FOUND, `A directory on the path of ${path} is not there`);
  }
  return undefined;
}
