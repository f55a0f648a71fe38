/**
 * `cluster.json`: what `start` records of the processes that it started, so that `status` and `stop` find them. Written whole
 * and renamed, so that a reader sees the old one or the new one.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ReferenceFailure } from '../errors.js';
import { makeDirectory } from '../storage/durable-files.js';

const address = z.string().regex(/^.+:\d{1,5}$/);
const nodeRecord = z.object({
  id: z.string(),
  om: address,
  peer: address,
  control: address.optional(),
  log: z.string(),
  /** Absent when the process was never started. */
  process: z.object({ pid: z.number().int().positive(), startTime: z.string() }).optional(),
});
const clusterRecord = z.object({
  format: z.literal(1),
  cluster: z.string(),
  /** A write was accepted once: from then on every node has a log, and one without has lost it. */
  served: z.boolean().optional(),
  nodes: z.array(nodeRecord).min(1),
});

export type NodeRecord = z.infer<typeof nodeRecord>;
export type ClusterRecord = z.infer<typeof clusterRecord>;

export function clusterFile(directory: string): string {
  return join(directory, 'cluster.json');
}

/** Undefined when there is none. @throws ReferenceFailure `CLUSTER_FILE_DAMAGED`, `DATA_DIR_UNUSABLE` */
export function findCluster(directory: string): ClusterRecord | undefined {
  const file = clusterFile(directory);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ReferenceFailure('DATA_DIR_UNUSABLE', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return clusterRecord.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new ReferenceFailure('CLUSTER_FILE_DAMAGED', `${file}: ${why}`, { cause });
  }
}

/** @throws ReferenceFailure `CLUSTER_UNKNOWN`, and what `findCluster` throws */
export function readCluster(directory: string): ClusterRecord {
  const found = findCluster(directory);
  if (found === undefined) throw new ReferenceFailure('CLUSTER_UNKNOWN', `${directory} holds no cluster.json`);
  return found;
}

/** @throws ReferenceFailure `DATA_DIR_UNUSABLE` */
export function writeCluster(directory: string, cluster: ClusterRecord): void {
  const file = clusterFile(directory);
  try {
    makeDirectory(directory);
    writeFileSync(`${file}.new`, `${JSON.stringify(cluster, undefined, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw new ReferenceFailure('DATA_DIR_UNUSABLE', `${file} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}
