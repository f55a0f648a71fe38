/** Where a mode's progress and result stand: a run that was cut off goes on from the file with `--resume`. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../kit/failure.js';

export interface ProgressOptions {
  readonly out: string;
  readonly seed: string;
  readonly resume: boolean;
}

export function progressFile({ out, seed }: ProgressOptions, mode: string): string {
  return resolve(join(out, `${mode}-${seed}.json`));
}

/** What the file holds when the run is to go on, `fresh` otherwise. @throws UsageError when it cannot be read */
export function load<T>(options: ProgressOptions, mode: string, fresh: T): T {
  const file = progressFile(options, mode);
  if (!options.resume || !existsSync(file)) return fresh;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new UsageError('OPTION_INVALID', `--resume: ${file} cannot be read: ${String(cause)}`, { cause });
  }
}

/** Written whole and renamed, so that a kill leaves the old one or the new one. */
export function save(options: ProgressOptions, mode: string, progress: unknown): void {
  const file = progressFile(options, mode);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(progress, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
