/** In which form the files and directories of a bucket are kept, by its layout. */
import type { Bucket } from './bucket-of.js';
import type { FileSpace } from './file-space.js';
import { flatFiles } from './flat/flat-files.js';
import { treeFiles } from './tree/tree-files.js';

export function filesOf(bucket: Bucket): FileSpace {
  return bucket.tree ? treeFiles : flatFiles;
}
