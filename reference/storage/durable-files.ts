/**
 * File operations whose effect outlives a power loss: the content or the directory entry is on disk when they return.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

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
  for (const made of makeDirectory(path)) syncPath(dirname(made));
}

/**
 * Creates a directory and the parents that are missing; answers those that it made, outermost first. Not Node's own recursive
 * mkdir: that goes round in circles where a system answers ENOENT below a folder that exists (/proc), and says ENOENT where it
 * should say that a file system is read-only.
 */
export function makeDirectory(path: string): string[] {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  const made = missing.filter(makeOne);
  if (missing.length === 0 && !statSync(path).isDirectory()) mkdirSync(path); // Says what stands there.
  return made;
}

/** Answers false when another process made it meanwhile. */
function makeOne(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(path) && statSync(path).isDirectory())
      return false;
    throw error;
  }
}

/** Removes files that may be absent; their absence need not survive a power loss. */
export function removeFiles(...paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { force: true });
}
