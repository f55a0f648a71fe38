/** Observable: a volume, bucket, key or directory is not there. */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { saysMissing } from './volume-read.js';

/** Assertion `missing`: the read of `name` says that it does not exist. A refusal says nothing. */
export function assertMissing(read: Outcome, name: string): void {
  if (saysMissing(read)) return;
  throw failure('missing', `no ${name}`, describe(read), [read]);
}
