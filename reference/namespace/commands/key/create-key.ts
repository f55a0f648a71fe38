/**
 * CreateKey: opens a session whose commit will make or replace the key; nobody else sees it (NS-KEY-1, NS-KEY-4). What is
 * replaced passes on its id, its creation time and its rights, as upstream.
 */
import { hadoop } from '#proto';
import { aclFault, newKeyAcls } from '../../acls.js';
import { ok, refusal, Status } from '../../answers.js';
import { BLOCK_BYTES, blocksFor, latestVersion, newBlock, withPipelines } from '../../blocks.js';
import { isRefusal } from '../../bucket-of.js';
import type { Answer, OMRequest, Plan, PlanContext, WriteCommand } from '../../command.js';
import { expectationFault, expectedGeneration } from '../../generations.js';
import { type KeyArgs, type KeyInfo, type KeyLocation, NO_KEY_ARGS, putKey } from '../../key-info.js';
import { reservedNameFault } from '../../key-names.js';
import { type NewPlace, sessionRow } from '../../key-space.js';
import { emptyNameFault, type Target, targetLocks, targetOf } from '../../key-target.js';
import { metadataFault, storedMetadata } from '../../metadata.js';
import { newClientId, newObjectId } from '../../object-ids.js';
import { nodesOf, type Replication, replicationOf } from '../../replication.js';
import { addToUsage, usageFault } from '../../usage.js';

function asked(request: OMRequest): KeyArgs {
  return request.createKeyRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const createKey: WriteCommand = {
  type: hadoop.ozone.Type.CreateKey,
  readClass: 'leader-only',

  validate(request) {
    const args = asked(request);
    const fault = newKeyFault(args);
    return emptyNameFault(args) ?? (fault === undefined ? undefined : refusal(Status.INVALID_REQUEST, fault));
  },

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const args = asked(request);
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const reserved = reservedNameFault(args.keyName) ?? uploadFault(args);
    if (reserved !== undefined) return { operations: [], answer: reserved };
    const place = target.space.newPlace(view, target.bucket, args, context);
    if (isRefusal(place)) return { operations: [], answer: place };
    const session = openSession(args, target, place, context);
    if (isRefusal(session)) return { operations: [], answer: session };
    const fault = usageFault(view, target.bucket.info, {
      entries: BigInt(place.newParents) + 1n,
      bytes: BigInt(latestVersion(session)?.keyLocations?.length ?? 0) * BLOCK_BYTES * nodesOf(session),
    });
    if (fault !== undefined) return { operations: [], answer: refusal(fault.status, fault.message) };
    return openedPlan(target, place, session, context);
  },
};

/** What is wrong with the arguments of a new key in any state. Upstream stops the node on most of it. */
export function newKeyFault(args: KeyArgs): string | undefined {
  return metadataFault(args.metadata ?? []) ?? metadataFault(args.tags ?? []) ?? aclFault(args.acls ?? []);
}

/** Parts belong to uploads, of which there are none. */
function uploadFault({ isMultipartKey, multipartUploadID }: KeyArgs): Answer | undefined {
  if (isMultipartKey !== true) return undefined;
  return refusal(Status.NO_SUCH_MULTIPART_UPLOAD_ERROR, `There is no upload ${multipartUploadID ?? ''}`);
}

/** The record of a new session, or why the key may not be replaced. */
export function openSession(
  args: KeyArgs,
  { bucket }: Target,
  place: NewPlace,
  context: PlanContext,
): KeyInfo | Answer {
  const { present } = place;
  const unexpected = expectationFault(args, present);
  if (unexpected !== undefined) return unexpected;
  const replication = replicationOf(args, bucket.info);
  if (isRefusal(replication)) return replication;
  const generation = expectedGeneration(args, present);
  const made = present ?? newRecord(args, { bucket }, place, context);
  const { factor: _f, ecReplicationConfig: _e, fileEncryptionInfo: _i, expectedDataGeneration: _g, ...kept } = made;
  return {
    ...kept,
    ...replication,
    ...(generation === undefined ? {} : { expectedDataGeneration: generation }),
    ...(args.fileEncryptionInfo == null ? {} : { fileEncryptionInfo: args.fileEncryptionInfo }),
    dataSize: args.dataSize ?? 0n,
    modificationTime: context.nowMs,
    updateID: context.managedIndex,
    metadata: storedMetadata(args.metadata ?? []),
    tags: storedMetadata(args.tags ?? []),
    ...withNewVersion(present, bucket.info.isVersionEnabled, firstBlocks(args, replication, context)),
  };
}

function newRecord(
  args: KeyArgs,
  { bucket }: Pick<Target, 'bucket'>,
  place: NewPlace,
  context: PlanContext,
): Omit<KeyInfo, keyof Replication> & Partial<Replication> {
  return {
    volumeName: bucket.info.volumeName,
    bucketName: bucket.info.bucketName,
    keyName: place.name,
    dataSize: 0n,
    creationTime: context.nowMs,
    modificationTime: context.nowMs,
    acls: newKeyAcls(context.user, args.acls ?? [], place.inheritedAcls),
    objectID: newObjectId(context, place.newParents),
    parentID: bucket.tree ? place.parentId : 0n,
    isFile: true,
    ownerName: args.ownerName ?? '',
  };
}

function firstBlocks(args: KeyArgs, replication: Replication, context: PlanContext): KeyLocation[] {
  const bytes = BigInt.asIntN(64, args.dataSize ?? 0n);
  if (bytes <= 0n) return [];
  return Array.from({ length: blocksFor(bytes, replication) }, (_none, n) => newBlock(context, n));
}

/** Older versions are kept where the bucket says so. */
function withNewVersion(
  present: KeyInfo | undefined,
  versioned: boolean,
  blocks: readonly KeyLocation[],
): Pick<KeyInfo, 'keyLocationList' | 'latestVersion'> {
  const before = versioned ? (present?.keyLocationList ?? []) : [];
  const version = before.length === 0 ? 0n : (before.at(-1)?.version ?? 0n) + 1n;
  const keyLocations = blocks.map((block) => ({ ...block, createVersion: version }));
  return { keyLocationList: [...before, { version, keyLocations, isMultipartKey: false }], latestVersion: version };
}

function openedPlan({ bucket }: Target, place: NewPlace, session: KeyInfo, context: PlanContext): Plan {
  const clientId = newClientId(context);
  return {
    operations: [
      ...place.parents,
      ...addToUsage(bucket.objectId, { entries: BigInt(place.newParents) }),
      putKey(place.sessions, sessionRow(place, clientId), session),
    ],
    answer: ok({
      createKeyResponse: {
        keyInfo: { ...withPipelines(session), keyName: place.path },
        ID: clientId,
        openVersion: session.latestVersion ?? 0n,
      },
    }),
  };
}
