/** Operations on volumes, and the pages of their listing. */
import { createHash } from 'node:crypto';
import { hadoop } from '#proto';
import { type Operations, type Request, unsignedLimit } from './kinds.js';

const { ListVolumeRequest, Type } = hadoop.ozone;

export interface Quota {
  /** −1: no limit. */
  readonly bytes: bigint;
  /** Buckets that a volume may hold; −1: no limit; undefined: not said. */
  readonly buckets: bigint | undefined;
}

/** What a new volume is limited to; undefined: not said. */
export interface Limits {
  readonly bytes: bigint | undefined;
  readonly buckets: bigint | undefined;
}

export type VolumeOperation =
  | {
      readonly kind: 'create-volume';
      readonly volume: string;
      readonly owner: string;
      readonly quota: Limits | undefined;
    }
  | { readonly kind: 'read-volume'; readonly volume: string }
  | { readonly kind: 'delete-volume'; readonly volume: string }
  | { readonly kind: 'set-owner'; readonly volume: string; readonly owner: string }
  | { readonly kind: 'set-quota'; readonly volume: string; readonly quota: Quota };

/** Apache Ozone lets a user have 1,024 volumes; a run makes more, and removes them at its end. */
const OWNERS = 64;

/** Owner of a volume where a feature names none: the same for one name, and another for most others. */
export function someOwner(volume: string): string {
  return `omc-owner-${createHash('sha256').update(volume).digest().readUInt16BE() % OWNERS}`;
}

const ADMIN = 'omc-admin';

const read = ({ volume }: { readonly volume: string }): VolumeOperation => ({ kind: 'read-volume', volume });

export const volumeOperations: Operations<VolumeOperation> = {
  'create-volume': {
    request: ({ owner, volume, quota }) => ({
      cmdType: Type.CreateVolume,
      createVolumeRequest: { volumeInfo: { adminName: ADMIN, ownerName: owner, volume, ...limits(quota) } },
    }),
    subject: read,
  },
  'read-volume': {
    request: ({ volume }) => ({ cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName: volume } }),
    subject: read,
  },
  'delete-volume': {
    request: ({ volume }) => ({ cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName: volume } }),
    subject: read,
  },
  'set-owner': {
    request: ({ volume, owner }) => ({
      cmdType: Type.SetVolumeProperty,
      setVolumePropertyRequest: { volumeName: volume, ownerName: owner },
    }),
    subject: read,
  },
  'set-quota': {
    request: ({ volume, quota }) => ({
      cmdType: Type.SetVolumeProperty,
      setVolumePropertyRequest: { volumeName: volume, ...unsignedLimits(quota) },
    }),
    subject: read,
  },
};

/** A page of the cluster's volumes in name order (NS-VOL-6). */
export function pageRequest(prefix: string, prevKey: string | undefined, maxKeys: number): Request {
  const scope = ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER;
  return {
    cmdType: Type.ListVolume,
    listVolumeRequest: { scope, prefix, maxKeys, ...(prevKey === undefined ? {} : { prevKey }) },
  };
}

/** VolumeInfo has a signed quota of names beside an unsigned one of bytes. */
function limits(quota: Limits | undefined): { quotaInBytes?: bigint; quotaInNamespace?: bigint } {
  const { bytes, buckets } = quota ?? {};
  return {
    ...(bytes === undefined ? {} : { quotaInBytes: unsignedLimit(bytes) }),
    ...(buckets === undefined ? {} : { quotaInNamespace: buckets }),
  };
}

/** SetVolumePropertyRequest has two unsigned ones. */
function unsignedLimits(quota: Quota): { quotaInBytes: bigint; quotaInNamespace?: bigint } {
  return {
    quotaInBytes: unsignedLimit(quota.bytes),
    ...(quota.buckets === undefined ? {} : { quotaInNamespace: unsignedLimit(quota.buckets) }),
  };
}
