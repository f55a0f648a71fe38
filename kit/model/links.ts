/** Which bucket a command works on: a link stands for its source, and links may follow one another (NS-BKT-9). */
import type { BucketPlace } from './command.js';
import type { StatusName } from './outcome.js';
import type { Bucket, State } from './state.js';

export type Resolved =
  | { readonly kind: 'bucket'; readonly place: BucketPlace; readonly bucket: Bucket }
  | { readonly kind: 'none'; readonly status: StatusName };

export function resolve(state: State, place: BucketPlace): Resolved {
  const passed = new Set<string>();
  for (let at: BucketPlace = { volume: place.volume, bucket: place.bucket }; ; ) {
    const volume = state.volumes.get(at.volume);
    if (volume === undefined) return { kind: 'none', status: 'VOLUME_NOT_FOUND' };
    const bucket = volume.buckets.get(at.bucket);
    if (bucket === undefined) return { kind: 'none', status: 'BUCKET_NOT_FOUND' };
    if (bucket.source === undefined) return { kind: 'bucket', place: at, bucket };
    const name = `${at.volume}/${at.bucket}`;
    if (passed.has(name)) return { kind: 'none', status: 'DETECTED_LOOP_IN_BUCKET_LINKS' };
    passed.add(name);
    at = bucket.source;
  }
}
