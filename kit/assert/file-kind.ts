/** Observable: whether a status is that of a file or of a directory (NS-FSO-2). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { statusIn } from './status-read.js';

export const FILE_KINDS = ['file', 'directory'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Assertion `file-kind`: every outcome is a status of this kind. */
export function assertKind(reads: readonly Outcome[], kind: FileKind): void {
  if (reads.length === 0) throw new Error('no read to judge');
  for (const read of reads) {
    const status = statusIn(read);
    if (status === undefined) throw failure('file-kind', `the status of a ${kind}`, describe(read), [read]);
    if ((status.isDirectory === true) === (kind === 'directory')) continue;
    throw failure('file-kind', `the status of a ${kind}`, `isDirectory ${show(status.isDirectory)}`, [read]);
  }
}
