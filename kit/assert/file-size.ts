/** Observable: a file where it was made, with the size that it was committed with (NS-FSO-6). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { type KeyInfo, keyIn } from './key-read.js';
import { statusIn } from './status-read.js';

/** Assertion `file-size`: every read, as a key or by its status, shows a file of this path with so many bytes. */
export function assertFileSize(reads: readonly Outcome[], path: string, bytes: bigint): void {
  if (reads.length === 0) throw new Error('no read to judge');
  const expected = `file ${show(path)} of ${bytes} bytes`;
  for (const read of reads) {
    const found = fileIn(read);
    if (found === undefined) throw failure('file-size', expected, describe(read), [read]);
    if (found.directory) throw failure('file-size', expected, `directory ${show(found.info.keyName)}`, [read]);
    const { keyName, dataSize } = found.info;
    if (keyName === path && dataSize === bytes) continue;
    throw failure('file-size', expected, `file ${show(keyName)} of ${dataSize} bytes`, [read]);
  }
}

function fileIn(read: Outcome): { readonly directory: boolean; readonly info: KeyInfo } | undefined {
  const status = statusIn(read);
  const info = keyIn(read) ?? status?.keyInfo;
  return info == null ? undefined : { directory: status?.isDirectory === true, info };
}
