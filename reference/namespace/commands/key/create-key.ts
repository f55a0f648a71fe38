/**
 * CreateKey: opens a session whose commit will make or replace the key; nobody else sees it (NS-KEY-1, NS-KEY-4). What is
 * replaced passes on its id, its creation time and its rights, as upstream.
 */
import { hadoop } from '#proto';
import { ok, Status } from '../../answers.js';
import { blocksFor } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { expectationFault } from '../../generations.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { reservedNameFault } from '../../key-names.js';
import { targetLocks, targetOf } from '../../key-target.js';
import { replicationOf } from '../../replication.js';
import { newKeyFault, openSession } from '../../sessions.js';

function asked(request: OMRequest): KeyArgs {
  return request.createKeyRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const createKey: WriteCommand = {
  type: hadoop.ozone.Type.CreateKey,
  readClass: 'leader-only',

  validate: (request) => newKeyFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const args = asked(request);
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const { space, bucket } = target;
    const reserved = reservedNameFault(args.keyName);
    if (reserved !== undefined) return { operations: [], answer: reserved };
    const replication = replicationOf(args, bucket.info);
    if (isRefusal(replication)) return { operations: [], answer: replication };
    const place = space.newPlace(view, bucket, args, context);
    if (isRefusal(place)) {
      // What is expected of a key comes before what stands in its place, as upstream: a directory, or a file on the way, is no key.
      const unmet = place.status === Status.NOT_A_FILE ? expectationFault(args, undefined) : undefined;
      return { operations: [], answer: unmet ?? place };
    }
    const bytes = BigInt.asIntN(64, args.dataSize ?? 0n);
    const blocks = bytes <= 0n ? 0 : blocksFor(bytes, replication);
    const session = openSession(view, { args, bucket, place, replication, blocks }, context);
    if (isRefusal(session)) return { operations: [], answer: session };
    const { operations, clientId: ID, keyInfo } = session;
    return { operations, answer: ok({ createKeyResponse: { keyInfo, ID, openVersion: keyInfo.latestVersion ?? 0n } }) };
  },
};
