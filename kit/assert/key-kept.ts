/** Observable: a key under another name is still the key that it was (NS-KEY-7, NS-KEY-14). */
import type { Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick, show } from './found.js';
import { type KeyInfo, keyIn } from './key-read.js';

/** What a rename changes: the name, the place in a tree, and that there was a change. */
const RENAMED: ReadonlySet<string> = new Set(['keyName', 'parentID', 'updateID', 'modificationTime']);

/** Assertion `key-kept`: the read shows, under the name `key`, the key as it was before in all but its name. */
export function assertSameKey(read: Outcome, key: string, before: KeyInfo): void {
  const expected = `key ${show(before.keyName)} as it was, under the name ${show(key)}`;
  const info = keyIn(read);
  if (info === undefined) throw failure('key-kept', expected, describe(read), [read]);
  if (info.keyName !== key) throw failure('key-kept', expected, `a key named ${show(info.keyName)}`, [read]);
  const fields = differingFields(before, info).filter((field) => !RENAMED.has(field));
  if (fields.length === 0) return;
  throw failure('key-kept', `${expected}, with ${pick(before, fields)}`, `the name, with ${pick(info, fields)}`, [
    read,
  ]);
}
