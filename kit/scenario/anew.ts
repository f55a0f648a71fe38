/** Makes a bucket anew: removes what is in it, then the bucket, and creates it again under its name (NS-BKT-8). */
import { hadoop } from '#proto';
import { entriesIn } from '../assert/shown-entries.js';
import { bucketIn } from '../assert/volume-read.js';
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Operation } from './operation.js';
import type { BucketPlace } from './operations/bucket.js';
import { WHOLE_PAGE } from './operations/kinds.js';

type NewBucket = Extract<Operation, { kind: 'create-bucket' }>;

/** What came of each write, up to the first that was not accepted. */
export async function makeAnew(line: LeaderLine, bucket: NewBucket): Promise<readonly Outcome[]> {
  const place = { volume: bucket.volume, bucket: bucket.bucket };
  const outcomes: Outcome[] = [];
  for (const write of [...(await removals(line, place)), { kind: 'delete-bucket' as const, ...place }, bucket]) {
    const outcome = await line.send(write);
    outcomes.push(outcome);
    if (!accepted(outcome)) break;
  }
  return outcomes;
}

/** A flat bucket is emptied key by key, a tree at its root. */
async function removals(line: LeaderLine, place: BucketPlace): Promise<Operation[]> {
  const layout = bucketIn(await line.read({ kind: 'read-bucket', ...place }))?.bucketLayout;
  if (layout !== hadoop.ozone.BucketLayoutProto.FILE_SYSTEM_OPTIMIZED) {
    const keys = entriesIn(await line.read({ kind: 'list-keys', ...place, count: WHOLE_PAGE })) ?? [];
    return keys.map((key) => ({ kind: 'delete-key', ...place, key }));
  }
  const root = entriesIn(await line.read({ kind: 'list-status', ...place, key: '' })) ?? [];
  return root.map((key) => ({ kind: 'delete-directory', ...place, key, recursive: true }));
}
