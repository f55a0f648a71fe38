/** A key that is made, read, listed and deleted under one name, with what was there before and is there afterwards (NS-KEY-10). */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { KeyPlace } from './operations/key.js';
import { WHOLE_PAGE } from './operations/kinds.js';
import { writeKey } from './written-key.js';

export interface RoundTrip {
  readonly key: string;
  readonly before: Outcome;
  /** The commit, or the opening where that was refused. */
  readonly made: Outcome;
  readonly read: Outcome;
  readonly listed: Outcome;
  readonly deleted: Outcome;
  readonly readAfter: Outcome;
  readonly after: Outcome;
}

/** Does all of it whatever comes of each part. */
export async function roundTrip(line: LeaderLine, place: KeyPlace): Promise<RoundTrip> {
  const { volume, bucket, key } = place;
  const list = () => line.read({ kind: 'list-keys', volume, bucket, count: WHOLE_PAGE });
  const read = () => line.read({ kind: 'read-key', ...place });
  const before = await list();
  const made = await writeKey(line, place, { content: 'one' });
  return {
    key,
    before,
    made,
    read: await read(),
    listed: await list(),
    deleted: await line.send({ kind: 'delete-key', ...place }),
    readAfter: await read(),
    after: await list(),
  };
}
