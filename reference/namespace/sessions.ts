/**
 * Opens sessions for CreateKey and CreateFile alike: the record that a commit will make the key, its first blocks, and whether
 * the bucket has room for it (NS-QTA-2). Where the key will stand is the space's to say, what is answered the command's.
 */

import type { StateView } from '../storage/state-store.js';
import { aclFault, newKeyAcls } from './acls.js';
import { refusal, Status } from './answers.js';
import { BLOCK_BYTES, newBlock, withPipelines } from './blocks.js';
import type { Bucket } from './bucket-of.js';
import type { Answer, Operation, PlanContext } from './command.js';
import { expectationFault, expectedGeneration } from './generations.js';
import { type KeyArgs, type KeyInfo, type KeyLocation, putKey } from './key-info.js';
import { nameFault } from './key-names.js';
import { type NewPlace, sessionRow } from './key-space.js';
import { emptyNameFault } from './key-target.js';
import { metadataFault, storedMetadata } from './metadata.js';
import { newClientId, newObjectId } from './object-ids.js';
import { nodesOf, type Replication } from './replication.js';
import { addToUsage, usageFault } from './usage.js';

export interface SessionRequest {
  readonly args: KeyArgs;
  readonly bucket: Bucket;
  readonly place: NewPlace;
  readonly replication: Replication;
  /** How many blocks it begins with. */
  readonly blocks: number;
}

export interface OpenedSession {
  readonly operations: readonly Operation[];
  readonly clientId: bigint;
  /** The session's record as its client gets it. */
  readonly keyInfo: KeyInfo;
}

/** What is wrong with the arguments of a new key in any state. Upstream stops the node on most of it. */
export function newKeyFault(args: KeyArgs): Answer | undefined {
  const fault = metadataFault(args.metadata ?? []) ?? metadataFault(args.tags ?? []) ?? aclFault(args.acls ?? []);
  return emptyNameFault(args) ?? (fault === undefined ? undefined : refusal(Status.INVALID_REQUEST, fault));
}

/** Parts belong to uploads, of which there are none. */
function uploadFault({ isMultipartKey, multipartUploadID }: KeyArgs): Answer | undefined {
  if (isMultipartKey !== true) return undefined;
  return refusal(Status.NO_SUCH_MULTIPART_UPLOAD_ERROR, `There is no upload ${multipartUploadID ?? ''}`);
}

/** Opens a session, or says why the key may not be made or replaced: it is not what was expected, or there is no room. */
export function openSession(view: StateView, asked: SessionRequest, context: PlanContext): OpenedSession | Answer {
  const { args, bucket, place, blocks, replication } = asked;
  const refused = expectationFault(args, place.present) ?? uploadFault(args) ?? nameFault(args.keyName);
  if (refused !== undefined) return refused;
  // Blocks count whole until the commit says what is in them.
  const bytes = BigInt(blocks) * BLOCK_BYTES * nodesOf(replication);
  const fault = usageFault(view, bucket.info, { entries: BigInt(place.newParents) + 1n, bytes });
  if (fault !== undefined) return refusal(fault.status, fault.message);
  const clientId = newClientId(context);
  const session = newSession(asked, context);
  return {
    operations: [
      ...place.parents,
      ...addToUsage(bucket.objectId, { entries: BigInt(place.newParents) }),
      putKey(place.sessions, sessionRow(place, clientId), session),
    ],
    clientId,
    keyInfo: { ...withPipelines(session), keyName: place.path },
  };
}

function newSession({ args, bucket, replication, place, blocks }: SessionRequest, context: PlanContext): KeyInfo {
  const { present } = place;
  const generation = expectedGeneration(args, present);
  const given = Array.from({ length: blocks }, (_none, n) => newBlock(context, n));
  const made = present ?? newRecord(args, bucket, place, context);
  const { factor: _f, ecReplicationConfig: _e, fileEncryptionInfo: _i, expectedDataGeneration: _g, ...kept } = made;
  return {
    ...kept,
    ...replication,
    ...(generation === undefined ? {} : { expectedDataGeneration: generation }),
    ...(args.fileEncryptionInfo == null ? {} : { fileEncryptionInfo: args.fileEncryptionInfo }),
    // Until the commit says better, older versions that are kept are part of the size, as upstream.
    dataSize: (args.dataSize ?? 0n) + (bucket.info.isVersionEnabled ? (present?.dataSize ?? 0n) : 0n),
    modificationTime: context.nowMs,
    updateID: context.managedIndex,
    metadata: storedMetadata(args.metadata ?? []),
    tags: storedMetadata(args.tags ?? []),
    ...withNewVersion(present, bucket.info.isVersionEnabled, given),
  };
}

function newRecord(
  args: KeyArgs,
  bucket: Bucket,
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
