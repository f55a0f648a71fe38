/** Shared by the storage tests: temporary directories that are removed, and the failure that some work ends with. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { type ErrorCode, ReferenceFailure } from '../../errors.js';

export * from './fixtures-data.js';

export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'om-storage-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The failure that `work` ends with; fails the test when it ends well or with anything else. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<ReferenceFailure> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof ReferenceFailure) return error;
    throw error;
  }
  throw new Error('expected a ReferenceFailure, but the work succeeded');
}

export async function codeOf(work: Promise<unknown> | (() => unknown)): Promise<ErrorCode> {
  return (await failureOf(work)).code;
}

/** A temporary directory on a disk of its own of `mebibytes`; without the right to mount one, skips the test and says so. */
export function smallDisk(context: TestContext, mebibytes: number): string {
  const directory = temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory], { stdio: 'pipe' });
  } catch (error) {
    const reason = `a small tmpfs cannot be mounted here: ${String(error).split('\n', 1)[0]}`;
    console.warn(`skipped: ${context.task.name}: ${reason}`);
    context.skip(reason);
  }
  onTestFinished(() => {
    execFileSync('umount', [directory]);
  });
  return directory;
}
