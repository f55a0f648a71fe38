/**
 * Command types that this version does not carry out: each is refused with a status, never reported as done, and changes
 * nothing (W-8). Decides only whether such a type is a write, which the leader alone refuses, or a read.
 */
import { hadoop } from '#proto';
import { refusal, Status } from './answers.js';
import type { Answer, Command } from './command.js';

const { Type } = hadoop.ozone;

/** Types that change nothing in the replicated state (docs/observations/ozone-2.2.0-volumes.md); all others are writes. */
const READS: ReadonlySet<hadoop.ozone.Type> = new Set([
  Type.CheckVolumeAccess,
  Type.InfoVolume,
  Type.ListVolume,
  Type.InfoBucket,
  Type.ListBuckets,
  Type.LookupKey,
  Type.ListKeys,
  Type.ListMultiPartUploadParts,
  Type.ServiceList,
  Type.DBUpdates,
  Type.FinalizeUpgradeProgress,
  Type.PrepareStatus,
  Type.GetFileStatus,
  Type.LookupFile,
  Type.ListStatus,
  Type.GetAcl,
  Type.ListMultipartUploads,
  Type.ListTrash,
  Type.ListTenant,
  Type.TenantGetUserInfo,
  Type.GetS3VolumeContext,
  Type.TenantListUser,
  Type.RangerBGSync,
  Type.EchoRPC,
  Type.GetKeyInfo,
  Type.ListSnapshot,
  Type.SnapshotDiff,
  Type.RefetchSecretKey,
  Type.ListSnapshotDiffJobs,
  Type.CancelSnapshotDiff,
  Type.SetSafeMode,
  Type.PrintCompactionLogDag,
  Type.ListKeysLight,
  Type.ListStatusLight,
  Type.GetSnapshotInfo,
  Type.ListOpenFiles,
  Type.GetQuotaRepairStatus,
  Type.StartQuotaRepair,
  Type.GetObjectTagging,
  Type.SubmitSnapshotDiff,
  Type.GetBucketTagging,
  Type.GetLifecycleConfiguration,
  Type.GetLifecycleServiceStatus,
  Type.Msync,
]);

/** The command that stands for a type without one. */
export function unimplemented(type: hadoop.ozone.Type): Command {
  const refused = (): Answer => refusal(Status.INVALID_REQUEST, `${Type[type]} is not implemented by this server`);
  if (READS.has(type)) return { type, readClass: 'any-node', answer: refused };
  return {
    type,
    readClass: 'leader-only',
    validate: refused,
    locks: () => [],
    plan: () => ({ operations: [], answer: refused() }),
  };
}
