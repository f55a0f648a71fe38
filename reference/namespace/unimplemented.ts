/**
 * Command types that this version does not carry out: each is refused with a status, never reported as done, and changes
 * nothing (W-8). Decides only whether such a type is a write, which the leader alone refuses, or a read, and who may answer that.
 */
import { hadoop } from '#proto';
import { refusal, Status } from './answers.js';
import type { Answer, Command, ReadClass } from './command.js';

const { Type } = hadoop.ozone;

type ReadType = keyof typeof Type;

/**
 * Types that change nothing in the replicated state (docs/observations/ozone-2.2.0-volumes.md), by who may answer them (docs/spec/wire-binding.md §5,
 * RC-6); all others are writes.
 */
const READS = {
  'leader-only': [
    'DBUpdates',
    'SnapshotDiff',
    'SubmitSnapshotDiff',
    'ListSnapshotDiffJobs',
    'CancelSnapshotDiff',
    'RangerBGSync',
    'SetSafeMode',
    'StartQuotaRepair',
    'GetQuotaRepairStatus',
    'Msync',
  ],
  coordinated: [
    'CheckVolumeAccess',
    'InfoVolume',
    'ListVolume',
    'InfoBucket',
    'ListBuckets',
    'LookupKey',
    'ListKeys',
    'ListMultiPartUploadParts',
    'FinalizeUpgradeProgress',
    'GetFileStatus',
    'LookupFile',
    'ListStatus',
    'GetAcl',
    'ListMultipartUploads',
    'ListTrash',
    'ListTenant',
    'TenantGetUserInfo',
    'GetS3VolumeContext',
    'TenantListUser',
    'GetKeyInfo',
    'ListSnapshot',
    'RefetchSecretKey',
    'PrintCompactionLogDag',
    'ListKeysLight',
    'ListStatusLight',
    'GetSnapshotInfo',
    'ListOpenFiles',
    'GetObjectTagging',
    'GetBucketTagging',
    'GetLifecycleConfiguration',
    'GetLifecycleServiceStatus',
  ],
  uncoordinated: ['PrepareStatus', 'EchoRPC'],
  'any-node': ['ServiceList'],
} as const satisfies Readonly<Record<ReadClass, readonly ReadType[]>>;

const CLASSES = new Map<hadoop.ozone.Type, ReadClass>();
for (const readClass of ['leader-only', 'coordinated', 'uncoordinated', 'any-node'] as const) {
  for (const name of READS[readClass]) CLASSES.set(Type[name], readClass);
}

/** The command that stands for a type without one. */
export function unimplemented(type: hadoop.ozone.Type): Command {
  const refused = (): Answer => refusal(Status.INVALID_REQUEST, `${Type[type]} is not implemented by this server`);
  const readClass = CLASSES.get(type);
  if (readClass !== undefined) return { type, readClass, answer: refused };
  return {
    type,
    readClass: 'leader-only',
    validate: refused,
    locks: () => [],
    plan: () => ({ operations: [], answer: refused() }),
  };
}
