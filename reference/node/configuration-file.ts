/**
 * The configuration that a `Configure` has put in force, kept in the data directory: whoever starts the node again gets the
 * same one. Its file is written whole, synced and renamed.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ReferenceFailure } from '../errors.js';

const FILE = 'configuration.json';
const shape = z.object({ format: z.literal(1), values: z.record(z.string(), z.string()) });

/** Undefined when nothing was configured yet. @throws ReferenceFailure `CONFIGURATION_FILE_DAMAGED`, `DATA_DIR_UNUSABLE` */
export function readConfigured(directory: string): Readonly<Record<string, string>> | undefined {
  const file = join(directory, FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(file, cause);
  }
  try {
    return shape.parse(JSON.parse(text)).values;
  } catch (cause) {
    throw new ReferenceFailure('CONFIGURATION_FILE_DAMAGED', `${file} is not a configuration`, { cause });
  }
}

/** @throws ReferenceFailure `DATA_DIR_UNUSABLE` */
export function writeConfigured(directory: string, values: Readonly<Record<string, string>>): void {
  const file = join(directory, FILE);
  try {
    mkdirSync(directory, { recursive: true });
    const handle = openSync(`${file}.partial`, 'w');
    try {
      writeSync(handle, `${JSON.stringify({ format: 1, values }, undefined, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${file}.partial`, file);
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): ReferenceFailure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ReferenceFailure('DATA_DIR_UNUSABLE', `${file}: ${why}`, { cause });
}
