/**
 * The cluster that a node belongs to since it was reformatted, kept in the data directory: whoever starts the node again names the
 * one before. Its file is written whole, synced and renamed.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { uuidText } from '../wire/uuid.js';
import { readDurably, writeDurably } from './durable-json.js';

const FILE = 'cluster.json';
const shape = z.object({ format: z.literal(1), cluster: z.string().min(1) });

/** Undefined when the node was never reformatted. @throws ReferenceFailure as `readDurably` does */
export function readCluster(directory: string): string | undefined {
  return readDurably(join(directory, FILE), shape)?.cluster;
}

/** @throws ReferenceFailure `DATA_DIR_UNUSABLE` */
export function writeCluster(directory: string, cluster: string): void {
  writeDurably(join(directory, FILE), { format: 1, cluster });
}

/**
 * Id of the cluster that the nodes of `cluster` are after a reformat. It follows from the one before, so that nodes which are asked
 * one by one, and cannot ask each other any more, agree; and it never comes again (FR-STATE-9).
 */
export function clusterAfter(cluster: string): string {
  const hex = createHash('sha256').update(`reformatted ${cluster}`).digest('hex').slice(0, 32);
  return uuidText(hex);
}
