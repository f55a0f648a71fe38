/** A page of a bucket's keys, as ListKeys and ListKeysLight show them alike (NS-KEY-8, NS-KEY-14). One range of one table. */
import type { StateView } from '../storage/state-store.js';
import { isRefusal } from './bucket-of.js';
import type { Answer, OMRequest } from './command.js';
import type { ListedKey } from './key-info.js';
import { targetOf } from './key-target.js';

type ListKeysRequest = NonNullable<OMRequest['listKeysRequest']>;

/** Keys in one page at most, whatever is asked for: upstream's default. */
export const MAX_PAGE = 1_000;

export interface Page {
  readonly keys: readonly ListedKey[];
  /** Whether there are more keys behind the page. */
  readonly isTruncated: boolean;
}

export function listPage(view: StateView, request: OMRequest): Page | Answer {
  const asked: ListKeysRequest = request.listKeysRequest ?? { volumeName: '', bucketName: '' };
  const target = targetOf(view, asked);
  if (isRefusal(target)) return target;
  const count = Math.min(asked.count ?? 0, MAX_PAGE);
  const keys: ListedKey[] = [];
  // A page of no stated size is empty, and nothing is said of what is behind it.
  if (count <= 0) return { keys, isTruncated: false };
  const range = { prefix: asked.prefix ?? '', after: asked.startKey ?? '' };
  for (const key of target.space.list(view, target.bucket, range)) {
    if (keys.length === count) return { keys, isTruncated: true };
    keys.push(key);
  }
  return { keys, isTruncated: false };
}
