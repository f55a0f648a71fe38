/** Observable: a listing shows each bucket as a read of it does (NS-BKT-6). */
import type { Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick } from './found.js';
import { bucketIn, bucketsIn } from './volume-read.js';

/** Assertion `listed-as-read`: for each bucket on the pages the read in its place shows the same record. */
export function assertListedAsRead(pages: readonly Outcome[], reads: readonly Outcome[]): void {
  const listed = pages.flatMap((page) => bucketsIn(page) ?? []);
  if (listed.length === 0 || listed.length !== reads.length) throw new Error('no bucket for each read to judge');
  for (const [index, record] of listed.entries()) {
    const read = reads[index];
    if (read === undefined) continue;
    const name = `bucket ${record.bucketName}`;
    const info = bucketIn(read);
    if (info === undefined)
      throw failure('listed-as-read', `${name}, as it is listed`, describe(read), [...pages, read]);
    const fields = differingFields(info, record);
    if (fields.length === 0) continue;
    const expected = `${name} listed with ${pick(info, fields)}, as it is read`;
    throw failure('listed-as-read', expected, `it listed with ${pick(record, fields)}`, [...pages, read]);
  }
}
