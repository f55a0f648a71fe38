/** Phrases about what a writer expects of the key that it replaces (NS-KEY-13). */

/** What a session is to find in its key's place, at its beginning and at its commit. */
export type Expectation =
  | { readonly of: 'no key' }
  /** As a Given left it, or so many generations later. */
  | { readonly of: 'the key as it was'; readonly later: bigint }
  | { readonly of: 'generation'; readonly generation: bigint };

/** `no key`, `the key as it was`, `a generation above that of the key`, `generation 7` */
export const EXPECTATION = /no key|the key as it was|the generation (?:after|before) it|generation \d+/;

export function readExpectation(phrase: string): Expectation {
  if (phrase === 'no key') return { of: 'no key' };
  const [, generation] = /^generation (\d+)$/.exec(phrase) ?? [];
  if (generation !== undefined) return { of: 'generation', generation: BigInt(generation) };
  const later = phrase.endsWith('after it') ? 1n : phrase.endsWith('before it') ? -1n : 0n;
  return { of: 'the key as it was', later };
}
