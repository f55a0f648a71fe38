/** Which names are good, what a path means in a tree, and in what order names come (NS-VOL-4, NS-BKT-4, NS-KEY-8, NS-KEY-10). */

/** Volumes and buckets alike. */
export function isGoodContainerName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|\.-|-\./.test(name) && !/^[0-9.]+$/.test(name);
}

export function isReserved(key: string): boolean {
  return key === '.snapshot' || key.startsWith('.snapshot/');
}

/** The parts of a path in normal form; undefined where it leaves the root or has a part that no name may have. */
export function partsOf(path: string): readonly string[] | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part.includes(':')) return undefined;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** The parts of a path as it is written: only slashes that part nothing are passed over. */
export function writtenParts(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

/** Order of the bytes of UTF-8, which is the order of code points and not that of UTF-16. */
export function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
