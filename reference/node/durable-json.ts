/** A small JSON file in the data directory, read by a schema and written whole, synced and renamed. Knows no file. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { ReferenceFailure } from '../errors.js';

/** Undefined when there is no such file. @throws ReferenceFailure `CONFIGURATION_FILE_DAMAGED`, `DATA_DIR_UNUSABLE` */
export function readDurably<T>(file: string, shape: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(file, cause);
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new ReferenceFailure('CONFIGURATION_FILE_DAMAGED', `${file} is not what this version writes there`, {
      cause,
    });
  }
}

/** Makes the folder if it is absent. @throws ReferenceFailure `DATA_DIR_UNUSABLE` */
export function writeDurably(file: string, content: object): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(`${file}.partial`, 'w');
    try {
      writeSync(handle, `${JSON.stringify(content, undefined, 2)}\n`);
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
