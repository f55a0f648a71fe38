/**
 * Finds the target that was asked for and makes it, without starting anything: a file, or one of the kinds that need none.
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../failure.js';
import { printable } from '../wire/text.js';
import { parseTargetFile, readTargetFile } from './file.js';
import type { TargetFile } from './schema.js';
import type { Target } from './target.js';

export interface OpenOptions {
  /** Multiplies every budget, on top of the file's own factor. */
  readonly timeoutFactor?: number;
}

/** Kinds that a name alone stands for; `reference` is what a bare run judges. */
const NAMED_KINDS = ['reference', 'apache-ozone'];
const DEFAULT_KIND = 'reference';

/**
 * @param named a target file or a kind's name; undefined: the environment variable OM_TARGET, else `reference`
 * @throws UsageError TARGET_UNKNOWN, TARGET_FILE_INVALID
 */
export async function openTarget(named?: string, options: OpenOptions = {}): Promise<Target> {
  const name = named ?? (process.env.OM_TARGET || DEFAULT_KIND);
  if (NAMED_KINDS.includes(name)) return await make(parseTargetFile(`kind: ${name}`, name), process.cwd(), options);
  if (!existsSync(name)) {
    const kinds = NAMED_KINDS.join(' or ');
    const where = named === undefined ? ' (from OM_TARGET)' : '';
    throw new UsageError('TARGET_UNKNOWN', `target "${printable(name, 300)}"${where}: no such file, and not ${kinds}`);
  }
  return await make(readTargetFile(name), dirname(resolve(name)), options);
}

/** Kinds are loaded when they are used: who attaches needs nothing of what the others need. */
async function make(file: TargetFile, folder: string, options: OpenOptions): Promise<Target> {
  switch (file.kind) {
    case 'attach': {
      const { AttachTarget } = await import('./attach/target.js');
      return new AttachTarget(file, { ...options, folder });
    }
    case 'processes': {
      const { ProcessesTarget } = await import('./processes/target.js');
      return new ProcessesTarget(file, { ...options, folder });
    }
    case 'containers': {
      const { ContainersTarget } = await import('./containers/target.js');
      const { openEngine } = await import('./containers/docker-engine.js');
      return new ContainersTarget(file, { ...options, folder, openEngine });
    }
    case 'reference': {
      const { ReferenceTarget } = await import('./reference/target.js');
      return new ReferenceTarget(file, options);
    }
    case 'apache-ozone': {
      const { ApacheOzoneTarget } = await import('./apache-ozone/target.js');
      return new ApacheOzoneTarget(file, options);
    }
  }
}
