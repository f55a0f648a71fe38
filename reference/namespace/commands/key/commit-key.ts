/**
 * CommitKey: makes what a session prepared the key of its name, whole and at once, in place of what was there; the session is
 * over then (NS-KEY-1 to NS-KEY-4, NS-KEY-13).
 */
import { hadoop } from '#proto';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import { chargedBytes, latestVersion } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, PlanContext, WriteCommand } from '../../command.js';
import { conflict } from '../../generations.js';
import {
  getKey,
  type KeyArgs,
  type KeyInfo,
  type KeyLocation,
  type KeyLocationList,
  NO_KEY_ARGS,
  putKey,
} from '../../key-info.js';
import { keyRow, sessionRow } from '../../key-space.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';
import { mergedMetadata, metadataFault } from '../../metadata.js';
import { isOwnId } from '../../object-ids.js';
import { addToUsage, usageFault } from '../../usage.js';

function asked(request: OMRequest): KeyArgs {
  return request.commitKeyRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const commitKey: WriteCommand = {
  type: hadoop.ozone.Type.CommitKey,
  readClass: 'leader-only',

  validate(request) {
    const args = asked(request);
    const empty = emptyNameFault(args);
    if (empty !== undefined) return empty;
    const fault = metadataFault(args.metadata ?? []);
    return fault === undefined ? undefined : refusal(Status.INVALID_REQUEST, fault);
  },

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const args = asked(request);
    const clientId = request.commitKeyRequest?.clientID ?? 0n;
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const { hsync, recovery } = request.commitKeyRequest ?? {};
    if (hsync === true || recovery === true) {
      return refusedPlan(Status.NOT_SUPPORTED_OPERATION, 'hsync and its recovery are not enabled');
    }
    const place = target.space.sessionPlace(view, target.bucket, args.keyName);
    if (isRefusal(place)) return { operations: [], answer: place };
    const row = sessionRow(place, clientId);
    const session = getKey(view, place.sessions, row);
    if (session === undefined) {
      return refusedPlan(Status.KEY_NOT_FOUND, `Key ${args.keyName} has no open session ${clientId}`);
    }
    const { present } = place;
    const unexpected = conflict(session, present);
    if (unexpected !== undefined) return { operations: [], answer: unexpected };
    const committed = commit(session, args, { present, clientId, context });
    const bytes = chargedBytes(committed);
    // Upstream, where the key that is replaced counts until its blocks are gone, gives it no credit either.
    const fault = usageFault(view, target.bucket.info, { entries: 1n, bytes });
    if (fault !== undefined) return refusedPlan(fault.status, fault.message);
    return {
      operations: [
        { kind: 'delete', table: place.sessions, key: row },
        putKey(place.keys, keyRow(place), committed),
        ...addToUsage(target.bucket.objectId, {
          bytes: present === undefined ? bytes : bytes - chargedBytes(present),
          entries: present === undefined ? 1n : 0n,
        }),
      ],
      answer: ok({ commitKeyResponse: {} }),
    };
  },
};

interface Circumstances {
  readonly present: KeyInfo | undefined;
  readonly clientId: bigint;
  readonly context: PlanContext;
}

function commit(session: KeyInfo, args: KeyArgs, { present, clientId, context }: Circumstances): KeyInfo {
  const { expectedDataGeneration: _met, ...kept } = session;
  const inherited = !isOwnId(clientId, session.objectID ?? 0n);
  return {
    ...kept,
    // The key that the session was opened over may live on under another name: then its id is not to be had (NS-KEY-12).
    objectID: inherited && present?.objectID !== session.objectID ? context.objectId : session.objectID,
    dataSize: args.dataSize ?? 0n,
    modificationTime: context.nowMs,
    updateID: context.managedIndex,
    metadata: mergedMetadata(session.metadata ?? [], args.metadata ?? []),
    keyLocationList: written(session, args.keyLocations ?? []),
  };
}

/** Of the blocks that the session was given, those that the client says it has written, with the lengths that it says. */
function written(session: KeyInfo, reported: readonly KeyLocation[]): KeyLocationList[] {
  const versions = session.keyLocationList ?? [];
  const latest = latestVersion(session);
  if (latest === undefined) return versions;
  const given = new Set((latest.keyLocations ?? []).map(blockName));
  const keyLocations = reported
    // A block counts once, however often it is reported.
    .filter((location) => given.delete(blockName(location)))
    .map(({ pipeline: _route, token: _secret, ...location }) => ({ ...location, createVersion: latest.version }));
  return [...versions.slice(0, -1), { ...latest, keyLocations }];
}

function blockName({ blockID: { containerBlockID: id } }: KeyLocation): string {
  return `${id.containerID}/${id.localID}`;
}
