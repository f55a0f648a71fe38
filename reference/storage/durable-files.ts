/**
 * File operations whose effect outlives a power loss: the content or the directory entry is on disk when they return.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Flushes a file's content, or a directory's entries, to disk. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Atomically gives `from` the name `to`, replacing what stood there; both are in one directory. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncPath(dirname(to));
}

/** Creates a directory and records it, and each parent that had to be made, in its parent. */
export function makeDirectoryDurably(path: string): void {
  if (existsSync(path)) return;
  const firstMade = mkdirSync(path, { recursive: true });
  if (firstMade === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    syncPath(dirname(made));
    if (made === firstMade || made === dirname(made)) return;
  }
}

/** Removes files that may be absent; their absence need not survive a power loss. */
export function removeFiles(...paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { force: true });
}
