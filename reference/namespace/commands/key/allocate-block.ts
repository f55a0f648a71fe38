/** AllocateBlock: one more block for an open session, within the bucket's space quota. Only its commit makes it part of the key. */
import { hadoop } from '#proto';
import { ok, refusedPlan, Status } from '../../answers.js';
import { BLOCK_BYTES, latestVersion, newBlock, withPipeline } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { getKey, type KeyArgs, type KeyInfo, type KeyLocation, NO_KEY_ARGS, putKey } from '../../key-info.js';
import { sessionRow } from '../../key-space.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';
import { replicatedBytes } from '../../replication.js';
import { usageFault } from '../../usage.js';

function asked(request: OMRequest): KeyArgs {
  return request.allocateBlockRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const allocateBlock: WriteCommand = {
  type: hadoop.ozone.Type.AllocateBlock,
  readClass: 'leader-only',

  validate: (request) => emptyNameFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const args = asked(request);
    const clientId = request.allocateBlockRequest?.clientID ?? 0n;
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const place = target.space.sessionPlace(view, target.bucket, args.keyName);
    if (isRefusal(place)) return { operations: [], answer: place };
    const row = sessionRow(place, clientId);
    const session = getKey(view, place.sessions, row);
    if (session === undefined) {
      return refusedPlan(Status.KEY_NOT_FOUND, `Key ${args.keyName} has no open session ${clientId}`);
    }
    const blocks = BigInt(latestVersion(session)?.keyLocations?.length ?? 0) + 1n;
    const fault = usageFault(view, target.bucket.info, { bytes: replicatedBytes(blocks * BLOCK_BYTES, session) });
    if (fault !== undefined) return refusedPlan(fault.status, fault.message);
    const block = newBlock(context, 0);
    const grown = { ...withBlock(session, block), modificationTime: context.nowMs, updateID: context.managedIndex };
    return {
      operations: [putKey(place.sessions, row, grown)],
      answer: ok({ allocateBlockResponse: { keyLocation: withPipeline(block, session) } }),
    };
  },
};

function withBlock(session: KeyInfo, block: KeyLocation): KeyInfo {
  const versions = session.keyLocationList ?? [];
  const latest = latestVersion(session) ?? { version: 0n };
  const keyLocations = [...(latest.keyLocations ?? []), { ...block, createVersion: latest.version }];
  return { ...session, keyLocationList: [...versions.slice(0, -1), { ...latest, keyLocations }] };
}
