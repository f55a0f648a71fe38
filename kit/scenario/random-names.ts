/**
 * Names of keys that get in each other's way, and ranges of them that cut where it is tight: names that begin alike, prefixes that
 * are names, start keys that are there or not. Pure.
 */
import type { Draws } from './draws.js';
import type { KeyRange } from './operations/keys.js';

/** A way to list: a range, and how many at a time. */
export interface Way extends KeyRange {
  readonly size: number;
}

/**
 * So many different names made of these characters. None begins with a slash: Apache Ozone takes a prefix of a slash for none,
 * which an example of its own shows (NS-KEY-8).
 */
export function randomNames(draws: Draws, count: number, characters: readonly string[]): string[] {
  const names = new Set<string>();
  for (let attempts = 0; names.size < count; attempts += 1) {
    if (attempts > 100 * count) throw new RangeError(`${characters.join('')} make no ${count} short names`);
    const begun = names.size > 0 && draws.below(2) === 0 ? draws.oneOf([...names]) : '';
    const name = begun + randomText(draws, characters, begun === '' ? 3 : 2);
    if (!name.startsWith('/')) names.add(name);
  }
  return [...names];
}

/** A way to list them. A start key below the prefix is left out: what Apache Ozone makes of it is shown by an example of its own. */
export function randomWay(draws: Draws, names: readonly string[], characters: readonly string[]): Way {
  const size = draws.between(1, names.length + 1);
  const near = () => {
    const name = [...draws.oneOf(names)];
    const cut = name.slice(0, draws.between(1, name.length)).join('');
    return draws.below(3) === 0 ? cut + draws.oneOf(characters) : cut;
  };
  const prefix = draws.below(2) === 0 ? near() : undefined;
  const after = draws.below(2) === 0 ? near() : undefined;
  const below = after !== undefined && prefix !== undefined && compare(after, prefix) < 0;
  return {
    size,
    ...(prefix === undefined ? {} : { prefix }),
    ...(after === undefined || below ? {} : { after }),
  };
}

/** Those of the names that belong to a range, in the order of their bytes. */
export function namesInRange(names: readonly string[], { prefix = '', after }: KeyRange): string[] {
  return names
    .filter((name) => name.startsWith(prefix) && (after === undefined || compare(after, name) < 0))
    .sort(compare);
}

function randomText(draws: Draws, characters: readonly string[], most: number): string {
  return Array.from({ length: draws.between(1, most) }, () => draws.oneOf(characters)).join('');
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
