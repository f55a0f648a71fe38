/**
 * A tree of files and directories drawn from the seed of a run: names that begin alike, that sort around the slash, and that
 * are not of one alphabet. Pure: the same seed gives the same tree.
 */
import { createHash } from 'node:crypto';

/** Hyphen and dot come before the slash, digits and letters behind it. */
const COMPONENTS = ['a', 'a-', 'a-b', 'a.b', 'a0', 'aa', 'A', 'b', 'b c', 'é', '~', '漢'];
const MAX_DEPTH = 4;

/** `count` paths with a slash behind each directory; each stands in the root or in one that comes before it. */
export function randomTree(seed: string, count: number): readonly string[] {
  const draw = drawFrom(seed);
  const folders = [''];
  const taken = new Set<string>();
  while (taken.size < count) {
    const folder = folders[draw(folders.length)] ?? '';
    const path = `${folder}${COMPONENTS[draw(COMPONENTS.length)]}`;
    if (taken.has(path) || taken.has(`${path}/`)) continue;
    const directory = draw(2) === 0 && path.split('/').length < MAX_DEPTH;
    taken.add(directory ? `${path}/` : path);
    if (directory) folders.push(`${path}/`);
  }
  return [...taken];
}

/** Whole numbers below a bound, one after the other. */
function drawFrom(seed: string): (bound: number) => number {
  let drawn = 0;
  return (bound) => {
    drawn += 1;
    return createHash('sha256').update(`tree\n${seed}\n${drawn}`).digest().readUInt32BE() % bound;
  };
}
