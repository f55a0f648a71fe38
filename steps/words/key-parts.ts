/** Phrases about what is said of a key besides its content. */
import type { KeySaid } from '../../kit/scenario/operations/key.js';
import { readSaid } from './keys.js';
import { PAIRS } from './texts.js';

/** `metadata "a" as "1"`, `no tags` */
export const KEY_PART = new RegExp(`(?:metadata|tags) ${PAIRS}|no metadata|no tags`);

export function readKeyPart(phrase: string): KeySaid {
  if (phrase === 'no metadata') return { metadata: [] };
  if (phrase === 'no tags') return { tags: [] };
  return readSaid(` with ${phrase}`);
}
