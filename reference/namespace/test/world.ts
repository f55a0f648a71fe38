/** One group's commands on a state in memory, for tests: requests in, answers out, as a leader without a log would do it. */
import { hadoop } from '#proto';
import { type Answer, isWrite, type OMRequest, type Operation, type ServiceNode } from '../command.js';
import type { BucketInfo, VolumeInfo } from '../records.js';
import { commandFor } from '../registry.js';
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
    if (!isWrite(command)) {
      return command.answer(this.state, request, { user: this.user, services: () => this.services });
    }
    const refused = command.validate?.(request);
    this.refusedBefore = refused !== undefined;
    if (refused !== undefined) return refused;
    this.managedIndex += 1n;
    this.nowMs += 10n;
    const plan = command.plan(this.state, request, {
      managedIndex: this.managedIndex,
      objectId: this.managedIndex << 8n,
      nowMs: this.nowMs,
      user: this.user,
    });
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
}

export function statusName(answer: Answer): string {
  return Status[answer.status] ?? `${answer.status}`;
}
