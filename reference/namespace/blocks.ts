/**
 * Blocks for keys that have content, without nodes that could hold it (capability `blocks`): ids that no other plan gives, and
 * a pipeline with everything that is required and no member. Equal plans give equal blocks (LE-PLAN-4).
 */
import { hadoop } from '#proto';
import type { Plain } from '../wire/plain.js';
import type { PlanContext } from './command.js';
import type { KeyInfo, KeyLocation, KeyLocationList } from './key-info.js';
import { newObjectId } from './object-ids.js';
import { dataBlocksOf, type Replication, replicatedBytes } from './replication.js';

type Pipeline = Plain<hadoop.hdds.Pipeline.$Properties>;

/** Size of one block, upstream's default. */
export const BLOCK_BYTES = 256n * 1024n * 1024n;
/** Blocks that CreateKey gives at most, upstream's default; more come from AllocateBlock. */
const MAX_PREALLOCATED = 64n;
/** All blocks are in one container: there is nothing that a second one would be for. */
const CONTAINER_ID = 1n;

/** How many blocks a new key of so many bytes begins with; `bytes` is above 0. */
export function blocksFor(bytes: bigint, replication: Replication): number {
  const needed = (bytes - 1n) / (BLOCK_BYTES * dataBlocksOf(replication)) + 1n;
  return Number(needed < MAX_PREALLOCATED ? needed : MAX_PREALLOCATED);
}

/** The plan's n-th block, n from 0, as records hold it. */
export function newBlock(context: PlanContext, n: number): KeyLocation {
  return {
    blockID: {
      containerBlockID: { containerID: CONTAINER_ID, localID: BigInt.asUintN(63, newObjectId(context, n)) },
      blockCommitSequenceId: 0n,
    },
    offset: 0n,
    length: BLOCK_BYTES,
    createVersion: 0n,
  };
}

/** A block as a client gets it. */
export function withPipeline(location: KeyLocation, replication: Replication): KeyLocation {
  return { ...location, pipeline: pipelineOf(replication) };
}

/** A key as a client gets it that is going to read or write its blocks. */
export function withPipelines(info: KeyInfo): KeyInfo {
  const versions = info.keyLocationList ?? [];
  if (versions.every(({ keyLocations }) => (keyLocations ?? []).length === 0)) return info;
  const keyLocationList = versions.map(
    (version): KeyLocationList => ({
      ...version,
      keyLocations: (version.keyLocations ?? []).map((location) => withPipeline(location, info)),
    }),
  );
  return { ...info, keyLocationList };
}

function pipelineOf({ type, factor, ecReplicationConfig }: Replication): Pipeline {
  return {
    state: hadoop.hdds.PipelineState.PIPELINE_OPEN,
    type,
    ...(factor == null ? {} : { factor }),
    ...(ecReplicationConfig == null ? {} : { ecReplicationConfig }),
    id: { id: '00000000-0000-0000-0000-000000000001', uuid128: { mostSigBits: 0n, leastSigBits: 1n } },
  };
}

export function latestVersion(info: KeyInfo): KeyLocationList | undefined {
  return info.keyLocationList?.at(-1);
}

/** The key with its newest version only. */
export function slim(info: KeyInfo): KeyInfo {
  const latest = latestVersion(info);
  return latest === undefined || info.keyLocationList?.length === 1 ? info : { ...info, keyLocationList: [latest] };
}

/** What a committed key takes of its bucket's space: the newest version with its stated size, older ones with their blocks. */
export function chargedBytes(info: KeyInfo): bigint {
  let bytes = replicatedBytes(info.dataSize, info);
  for (const { keyLocations } of (info.keyLocationList ?? []).slice(0, -1)) {
    for (const { length } of keyLocations ?? []) bytes += replicatedBytes(length, info);
  }
  return bytes;
}
