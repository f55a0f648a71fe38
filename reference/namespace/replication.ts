/**
 * How often the bytes of a key are kept: what a request asks for, else its bucket's default, else the server's (RATIS/THREE),
 * and what that costs the bucket's space quota. Which combinations there are is upstream's default list.
 */
import { hadoop } from '#proto';
import { refusal, Status } from './answers.js';
import type { Answer } from './command.js';
import type { KeyArgs, KeyInfo } from './key-info.js';
import type { BucketInfo } from './records.js';

const { ReplicationType, ReplicationFactor } = hadoop.hdds;

/** The fields of a key's record that say it. */
export type Replication = Pick<KeyInfo, 'type' | 'factor' | 'ecReplicationConfig'>;

type DefaultReplication = NonNullable<BucketInfo['defaultReplicationConfig']>;

export const DEFAULT_REPLICATION: Replication = { type: ReplicationType.RATIS, factor: ReplicationFactor.THREE };

const EC_GROUPS = ['3-2', '6-3', '10-4'];
const EC_CHUNK_KIB = [512, 1024, 2048, 4096];
const EC_CODECS = ['RS', 'XOR'];

export function replicationOf(args: KeyArgs, bucket: BucketInfo): Replication | Answer {
  if (args.type == null || args.type === ReplicationType.NONE) return defaultReplicationOf(bucket);
  const fault = replicationFault(args);
  return fault === undefined ? chosen(args.type, args) : refusal(Status.INVALID_REQUEST, fault);
}

/** A default that a bucket is given, as it is stored; upstream takes a factor that is not named for ONE. */
export function bucketDefault(config: DefaultReplication): DefaultReplication | Answer {
  const asked = { ...config, factor: config.factor ?? ReplicationFactor.ONE };
  const fault =
    config.type === ReplicationType.NONE ? 'a default replication must have a type' : replicationFault(asked);
  return fault === undefined ? chosen(asked.type, asked) : refusal(Status.INVALID_REQUEST, fault);
}

/** What is wrong with the replication that a request names. */
export function replicationFault(asked: Pick<KeyArgs, 'type' | 'factor' | 'ecReplicationConfig'>): string | undefined {
  switch (asked.type ?? ReplicationType.NONE) {
    case ReplicationType.NONE:
      return undefined;
    case ReplicationType.RATIS:
    case ReplicationType.STAND_ALONE:
      return asked.factor === ReplicationFactor.ONE || asked.factor === ReplicationFactor.THREE
        ? undefined
        : 'a replication factor must be ONE or THREE';
    case ReplicationType.CHAINED:
      return 'replication of type CHAINED is not supported';
    case ReplicationType.EC:
      return ecFault(asked);
    default:
      return `replication type ${asked.type} is not known`;
  }
}

function ecFault({ ecReplicationConfig: ec }: Pick<KeyArgs, 'ecReplicationConfig'>): string | undefined {
  const groups = `${ec?.data}-${ec?.parity}`;
  const chunkKib = (ec?.ecChunkSize ?? 0) / 1024;
  if (EC_GROUPS.includes(groups) && EC_CHUNK_KIB.includes(chunkKib)) {
    return EC_CODECS.includes((ec?.codec ?? '').toUpperCase()) ? undefined : `erasure codec ${ec?.codec} is not known`;
  }
  return `erasure coding must be one of ${EC_GROUPS.join(', ')} with chunks of ${EC_CHUNK_KIB.join(', ')} KiB`;
}

/** What a request that names none gets. */
export function defaultReplicationOf({ defaultReplicationConfig: config }: BucketInfo): Replication {
  return config == null ? DEFAULT_REPLICATION : chosen(config.type, config);
}

/** A record has a factor or an erasure code, never both. */
function chosen(
  type: hadoop.hdds.ReplicationType,
  { factor, ecReplicationConfig }: Pick<KeyArgs, 'factor' | 'ecReplicationConfig'>,
): Replication {
  if (type === ReplicationType.EC && ecReplicationConfig != null) return { type, ecReplicationConfig };
  return { type, factor: factor ?? ReplicationFactor.THREE };
}

/** Nodes that hold a part of each block. */
export function nodesOf({ ecReplicationConfig: ec, factor }: Replication): bigint {
  return BigInt(ec == null ? (factor ?? 1) : ec.data + ec.parity);
}

/** Blocks of data that are written side by side. */
export function dataBlocksOf({ ecReplicationConfig: ec }: Replication): bigint {
  return BigInt(ec?.data ?? 1);
}

/** Bytes on all nodes together. A stripe that is not full has parity for its first chunk only. */
export function replicatedBytes(bytes: bigint, { type, factor, ecReplicationConfig: ec }: Replication): bigint {
  if (type === ReplicationType.RATIS) return bytes * BigInt(factor ?? 1);
  if (type !== ReplicationType.EC || ec == null) return bytes;
  const chunk = BigInt(ec.ecChunkSize);
  const stripe = BigInt(ec.data) * chunk;
  const rest = bytes % stripe;
  return bytes + BigInt(ec.parity) * ((bytes / stripe) * chunk + (rest < chunk ? rest : chunk));
}
