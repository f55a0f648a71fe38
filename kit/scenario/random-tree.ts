/**
 * A tree of files and directories drawn from the seed of a run: names that begin alike, that sort around the slash, and that
 * are not of one alphabet. Pure: the same seed gives the same tree.
 */
import { Draws } from './draws.js';

/** Hyphen and dot come before the slash, digits and letters behind it. */
const COMPONENTS = ['a', 'a-', 'a-b', 'a.b', 'a0', 'aa', 'A', 'b', 'b c', 'é', '~', '漢'];
const MAX_DEPTH = 4;

/** `count` paths with a slash behind each directory; each stands in the root or in one that comes before it. */
export function randomTree(seed: string, count: number): readonly string[] {
  const draws = new Draws(seed, 'tree');
  const folders = [''];
  const taken = new Set<string>();
  while (taken.size < count) {
    const folder = draws.oneOf(folders);
    const path = `${folder}${draws.oneOf(COMPONENTS)}`;
    if (taken.has(path) || taken.has(`${path}/`)) continue;
    const directory = draws.below(2) === 0 && path.split('/').length < MAX_DEPTH;
    taken.add(directory ? `${path}/` : path);
    if (directory) folders.push(`${path}/`);
  }
  return [...taken];
}
