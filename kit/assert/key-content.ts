/** Observable: what a key holds. */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { contentOf, keyIn } from './key-read.js';

/** Assertion `key-content`: the read shows the key with what was written last. */
export function assertContent(read: Outcome, key: string, content: string): void {
  const expected = `key ${show(key)} with content ${show(content)}`;
  const info = keyIn(read);
  if (info === undefined) throw failure('key-content', expected, describe(read), [read]);
  if (contentOf(info) === content) return;
  throw failure('key-content', expected, `content ${show(contentOf(info))}`, [read]);
}
