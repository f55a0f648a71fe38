/** Observable: what a key holds, and what is said of it (NS-KEY-3, NS-KEY-9). */
import type { KeySaid, Pair } from '../scenario/operations/key.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { contentOf, type KeyInfo, keyIn } from './key-read.js';

/**
 * Assertions `key-content`, `key-metadata` and `key-tags`: the read shows the key with this content, exactly these metadata,
 * exactly these tags, of what is expected at all. The order of metadata and tags is no part of it.
 */
export function assertSaid(read: Outcome, key: string, { content, metadata, tags }: KeySaid): void {
  const info = keyIn(read);
  const check = (assertion: string, what: string, expected: string, textOf: (info: KeyInfo) => string) => {
    const found = info && textOf(info);
    if (found === expected) return;
    const actual = found === undefined ? describe(read) : `${what} ${found}`;
    throw failure(assertion, `key ${show(key)} with ${what} ${expected}`, actual, [read]);
  };
  if (content !== undefined) check('key-content', 'content', show(content), (key) => show(contentOf(key)));
  if (metadata !== undefined) check('key-metadata', 'metadata', text(metadata), (key) => text(pairsOf(key.metadata)));
  if (tags !== undefined) check('key-tags', 'tags', text(tags), (key) => text(pairsOf(key.tags)));
}

/** Assertion `tags-read`: the answer to a read of tags has exactly these, in any order. */
export function assertTagsRead(answer: Outcome, tags: readonly Pair[]): void {
  const found = answer.kind === 'answered' ? answer.response.getObjectTaggingResponse : undefined;
  const actual = found == null ? describe(answer) : `tags ${text(pairsOf(found.tags))}`;
  if (actual === `tags ${text(tags)}`) return;
  throw failure('tags-read', `tags ${text(tags)}`, actual, [answer]);
}

function pairsOf(pairs: KeyInfo['metadata']): readonly Pair[] {
  return (pairs ?? []).map(({ key, value }) => [key, value ?? '']);
}

function text(pairs: readonly Pair[]): string {
  return `{${pairs
    .map(([key, value]) => `${show(key)}: ${show(value)}`)
    .sort()
    .join(', ')}}`;
}
