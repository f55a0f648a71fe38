/** One group's commands on a state in memory, for tests: requests in, answers out, as a leader without a log would do it. */
import { hadoop } from '#proto';
import {
  type Answer,
  isForNode,
  isForPosition,
  isWrite,
  type OMRequest,
  type Operation,
  type ServiceNode,
} from '../command.js';
import type { KeyArgs, KeyInfo } from '../key-info.js';
import type { BucketInfo, VolumeInfo } from '../records.js';
import { commandFor } from '../registry.js';
import { unlockedRows } from './lock-coverage.js';
import { MemoryState } from './memory-state.js';

export const { Type, Status, BucketLayoutProto } = hadoop.ozone;

export class World {
  readonly state = new MemoryState();
  nowMs = 1_000n;
  managedIndex = 0n;
  user = 'root';
  services: readonly ServiceNode[] = [];
  /** What the last write changed. */
  operations: readonly Operation[] = [];
  /** Whether the last request was refused before anything was planned. */
  refusedBefore = false;

  run(cmdType: hadoop.ozone.Type, body: Partial<OMRequest> = {}): Answer {
    const request: OMRequest = { cmdType, clientId: 'test', ...body };
    const command = commandFor(request);
    this.operations = [];
    if (isForNode(command) || isForPosition(command)) {
      throw new Error(`${Type[cmdType]} is for a node of a cluster`);
    }
    if (!isWrite(command)) {
      return command.answer(this.state, request, { user: this.user, services: () => this.services });
    }
    const refused = command.validate?.(request);
    this.refusedBefore = refused !== undefined;
    if (refused !== undefined) return refused;
    const locks = command.locks(this.state, request);
    this.managedIndex += 1n;
    this.nowMs += 10n;
    const plan = command.plan(this.state, request, {
      managedIndex: this.managedIndex,
      objectId: this.managedIndex << 8n,
      nowMs: this.nowMs,
      user: this.user,
    });
    const unlocked = unlockedRows(locks, plan.operations, this.managedIndex << 8n);
    if (unlocked.length > 0) throw new Error(`${Type[cmdType]} changes what it has not locked: ${unlocked.join(', ')}`);
    this.operations = plan.operations;
    this.state.run(plan.operations);
    return plan.answer;
  }

  createVolume(volume: string, fields: Partial<VolumeInfo> = {}): Answer {
    const volumeInfo = { adminName: 'admin', ownerName: 'owner', volume, ...fields };
    return this.run(Type.CreateVolume, { createVolumeRequest: { volumeInfo } });
  }

  volume(volumeName: string): VolumeInfo | undefined {
    const { body } = this.run(Type.InfoVolume, { infoVolumeRequest: { volumeName } });
    return body.infoVolumeResponse?.volumeInfo ?? undefined;
  }

  setVolume(volumeName: string, fields: Partial<NonNullable<OMRequest['setVolumePropertyRequest']>>): Answer {
    return this.run(Type.SetVolumeProperty, { setVolumePropertyRequest: { volumeName, ...fields } });
  }

  deleteVolume(volumeName: string): Answer {
    return this.run(Type.DeleteVolume, { deleteVolumeRequest: { volumeName } });
  }

  listVolumes(fields: Partial<NonNullable<OMRequest['listVolumeRequest']>>): readonly string[] {
    const scope = hadoop.ozone.ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER;
    const { body } = this.run(Type.ListVolume, { listVolumeRequest: { scope, maxKeys: 1_000, ...fields } });
    return (body.listVolumeResponse?.volumeInfo ?? []).map(({ volume }) => volume);
  }

  createBucket(volumeName: string, bucketName: string, fields: Partial<BucketInfo> = {}): Answer {
    const bucketInfo = {
      volumeName,
      bucketName,
      isVersionEnabled: false,
      storageType: hadoop.hdds.StorageTypeProto.DISK,
      bucketLayout: BucketLayoutProto.OBJECT_STORE,
      ...fields,
    };
    return this.run(Type.CreateBucket, { createBucketRequest: { bucketInfo } });
  }

  infoBucket(volumeName: string, bucketName: string): Answer {
    return this.run(Type.InfoBucket, { infoBucketRequest: { volumeName, bucketName } });
  }

  bucket(volumeName: string, bucketName: string): BucketInfo | undefined {
    return this.infoBucket(volumeName, bucketName).body.infoBucketResponse?.bucketInfo ?? undefined;
  }

  deleteBucket(volumeName: string, bucketName: string): Answer {
    return this.run(Type.DeleteBucket, { deleteBucketRequest: { volumeName, bucketName } });
  }

  createKey(keyName: string, fields: Partial<KeyArgs> = {}): Answer {
    return this.run(Type.CreateKey, { createKeyRequest: { keyArgs: keyArgs(keyName, fields) } });
  }

  commitKey(keyName: string, clientID: bigint, fields: Partial<KeyArgs> = {}): Answer {
    return this.run(Type.CommitKey, { commitKeyRequest: { keyArgs: keyArgs(keyName, fields), clientID } });
  }

  /** Opens a session for which CreateKey must answer OK, and answers its client id. */
  openKey(keyName: string, fields: Partial<KeyArgs> = {}): bigint {
    const answer = this.createKey(keyName, fields);
    if (answer.status !== Status.OK) throw new Error(`CreateKey ${keyName}: ${statusName(answer)} ${answer.message}`);
    return answer.body.createKeyResponse?.ID ?? 0n;
  }

  /** A key of so many bytes, created and committed with the same arguments. */
  putKey(keyName: string, fields: Partial<KeyArgs> = {}): Answer {
    // Blocks are not what these tests are about: the size is that of the commit alone.
    const { dataSize: _atCommit, ...atCreation } = fields;
    return this.commitKey(keyName, this.openKey(keyName, atCreation), fields);
  }

  lookupKey(keyName: string, fields: Partial<KeyArgs> = {}): Answer {
    return this.run(Type.LookupKey, { lookupKeyRequest: { keyArgs: keyArgs(keyName, fields) } });
  }

  key(keyName: string, fields: Partial<KeyArgs> = {}): KeyInfo | undefined {
    return this.lookupKey(keyName, fields).body.lookupKeyResponse?.keyInfo ?? undefined;
  }

  /** What the bucket says its keys use. */
  usage(bucketName = 'bucket'): { readonly bytes: bigint; readonly entries: bigint } {
    const { usedBytes, usedNamespace } = this.bucket('vol', bucketName) ?? {};
    return { bytes: usedBytes ?? -1n, entries: usedNamespace ?? -1n };
  }
}

/** Arguments of a key command in the bucket that most tests use. */
export function keyArgs(keyName: string, fields: Partial<KeyArgs> = {}): KeyArgs {
  return { volumeName: 'vol', bucketName: 'bucket', keyName, ...fields };
}

export function statusName(answer: Answer): string {
  return Status[answer.status] ?? `${answer.status}`;
}
