/**
 * The configuration that a `Configure` has put in force, kept in the data directory: whoever starts the node again gets the
 * same one.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { readDurably, writeDurably } from './durable-json.js';

const FILE = 'configuration.json';
const shape = z.object({ format: z.literal(1), values: z.record(z.string(), z.string()) });

/** Undefined when nothing was configured yet. @throws ReferenceFailure as `readDurably` does */
export function readConfigured(directory: string): Readonly<Record<string, string>> | undefined {
  return readDurably(join(directory, FILE), shape)?.values;
}

/** @throws ReferenceFailure `DATA_DIR_UNUSABLE` */
export function writeConfigured(directory: string, values: Readonly<Record<string, string>>): void {
  writeDurably(join(directory, FILE), { format: 1, values });
}
