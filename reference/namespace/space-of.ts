/** Which space the names of a bucket live in, by its layout. */
import { refusal, Status } from './answers.js';
import type { Bucket } from './bucket-of.js';
import type { Answer } from './command.js';
import { flatSpace } from './flat/flat-space.js';
import type { KeySpace } from './key-space.js';

export function spaceOf(bucket: Bucket): KeySpace | Answer {
  if (!bucket.tree) return flatSpace;
  return refusal(Status.NOT_SUPPORTED_OPERATION, 'This server has no FILE_SYSTEM_OPTIMIZED buckets yet');
}
