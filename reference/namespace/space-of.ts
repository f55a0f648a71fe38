/** Which space the names of a bucket live in, by its layout. */
import type { Bucket } from './bucket-of.js';
import { flatSpace } from './flat/flat-space.js';
import type { KeySpace } from './key-space.js';
import { treeSpace } from './tree/tree-space.js';

export function spaceOf(bucket: Bucket): KeySpace {
  return bucket.tree ? treeSpace : flatSpace;
}
