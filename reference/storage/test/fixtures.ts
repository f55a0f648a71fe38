/** Shared by the storage tests: temporary directories that are removed, and the failure that some work ends with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
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
