/** Commands on buckets (NS-BKT-1 to -9). */
import type { BucketChange, BucketCommand, BucketPlace, NewBucket } from './command.js';
import { resolve } from './links.js';
import { byBytes, isGoodContainerName } from './names.js';
import { done, type Outcome, refused, type StatusName } from './outcome.js';
import { bucketRecord } from './records.js';
import { type Bucket, changed, type State, stamped, type Volume, withBucket } from './state.js';
import { shownUsage } from './usage.js';
import { limit } from './volumes.js';

export function bucketStep(state: State, command: BucketCommand): readonly Outcome[] {
  switch (command.kind) {
    case 'create-bucket':
      return create(state, command);
    case 'info-bucket':
      return info(state, command);
    case 'set-bucket':
      return set(state, command);
    case 'delete-bucket':
      return remove(state, command);
    case 'list-buckets':
      return list(state, command);
  }
}

function create(state: State, command: NewBucket): readonly Outcome[] {
  if (!isGoodContainerName(command.bucket)) return refused(state, 'INVALID_BUCKET_NAME');
  const volume = state.volumes.get(command.volume);
  if (volume === undefined) return refused(state, 'VOLUME_NOT_FOUND');
  if (volume.buckets.has(command.bucket)) return refused(state, 'BUCKET_ALREADY_EXISTS');
  const status = quotaProblem(volume, command);
  if (status !== undefined) return refused(state, status);
  const { stamp, state: after } = stamped(state);
  const bucket: Bucket = {
    ...stamp,
    layout: command.layout,
    versioned: command.versioned,
    ssd: false,
    owner: command.owner,
    metadata: command.metadata,
    quotaInBytes: command.quotaInBytes ?? -2n,
    quotaInNamespace: command.quotaInNamespace ?? -2n,
    source: command.source,
    root: new Map(),
    sessions: new Map(),
    purging: { entries: 0, bytes: 0 },
    held: 0,
  };
  return [done(withBucket(after, command, bucket))];
}

/** The space of a link is its source's; it takes a place in its volume like any bucket. */
function quotaProblem(volume: Volume, { source, quotaInBytes = -2n }: NewBucket): StatusName | undefined {
  if (source === undefined) {
    if (volume.quotaInBytes > 0n && quotaInBytes <= 0n) return 'QUOTA_ERROR';
    if (exceedsSpace(volume, quotaInBytes, undefined)) return 'QUOTA_EXCEEDED';
  }
  const { quotaInNamespace } = volume;
  return quotaInNamespace > 0n && BigInt(volume.buckets.size) >= quotaInNamespace ? 'QUOTA_EXCEEDED' : undefined;
}

/** @param besides a bucket whose present limit does not count */
function exceedsSpace(volume: Volume, more: bigint, besides: string | undefined): boolean {
  if (volume.quotaInBytes === -1n || more <= 0n) return false;
  let sum = more;
  for (const [name, { quotaInBytes }] of volume.buckets) {
    if (name !== besides && quotaInBytes > 0n) sum += quotaInBytes;
  }
  return sum > volume.quotaInBytes;
}

function info(state: State, command: BucketPlace): readonly Outcome[] {
  const volume = state.volumes.get(command.volume);
  if (volume === undefined) return refused(state, 'VOLUME_NOT_FOUND');
  const bucket = volume.buckets.get(command.bucket);
  if (bucket === undefined) return refused(state, 'BUCKET_NOT_FOUND');
  const resolved = resolve(state, command);
  // A link whose source is missing shows itself.
  if (resolved.kind === 'none' && resolved.status === 'DETECTED_LOOP_IN_BUCKET_LINKS') {
    return refused(state, resolved.status);
  }
  const source = resolved.kind === 'bucket' ? resolved.bucket : undefined;
  return [done(state, bucketRecord(command, bucket, source))];
}

function set(state: State, command: BucketChange): readonly Outcome[] {
  const volume = state.volumes.get(command.volume);
  const bucket = volume?.buckets.get(command.bucket);
  if (volume === undefined || bucket === undefined) return refused(state, 'BUCKET_NOT_FOUND');
  const { owner } = command;
  if (owner !== undefined) {
    // Whatever else is asked is passed over.
    if (owner === bucket.owner) return [done(state, { response: false })];
    const [after, next] = changed(state, bucket, { owner });
    return [done(withBucket(next, command, after), { response: true })];
  }
  if (bucket.source !== undefined) return refused(state, 'NOT_SUPPORTED_OPERATION');
  const { certain, possible } = limitProblems(volume, bucket, command);
  const [after, next] = changed(state, bucket, {
    versioned: command.versioned ?? bucket.versioned,
    ssd: command.ssd ?? bucket.ssd,
    metadata: { ...bucket.metadata, ...command.metadata },
    quotaInBytes: limit(command.quotaInBytes, bucket.quotaInBytes),
    quotaInNamespace: limit(command.quotaInNamespace, bucket.quotaInNamespace),
  });
  const allowed = certain.length > 0 ? [] : [done(withBucket(next, command, after))];
  return [...allowed, ...refused(state, ...new Set([...certain, ...possible]))];
}

/** Why limits are refused; what waits for its purge may be counted, which is possible then. Of several, any may be named. */
function limitProblems(
  volume: Volume,
  bucket: Bucket,
  { bucket: name, quotaInBytes = 0n, quotaInNamespace = 0n }: BucketChange,
): { readonly certain: readonly StatusName[]; readonly possible: readonly StatusName[] } {
  const certain: StatusName[] = [];
  const possible: StatusName[] = [];
  const usage = shownUsage(bucket);
  for (const [asked, used] of [
    [quotaInNamespace, usage.entries],
    [quotaInBytes, usage.bytes],
  ] as const) {
    if (asked <= 0n) continue;
    if (asked < used.atLeast) certain.push('QUOTA_ERROR');
    else if (asked < used.atMost) possible.push('QUOTA_ERROR');
  }
  if (quotaInBytes === -1n && volume.quotaInBytes !== -1n) certain.push('QUOTA_ERROR');
  if (exceedsSpace(volume, quotaInBytes, name)) certain.push('QUOTA_EXCEEDED');
  return { certain, possible };
}

function remove(state: State, command: BucketPlace): readonly Outcome[] {
  const bucket = state.volumes.get(command.volume)?.buckets.get(command.bucket);
  if (bucket === undefined) return refused(state, 'BUCKET_NOT_FOUND');
  if (bucket.root.size > 0) return refused(state, 'BUCKET_NOT_EMPTY');
  return [done(withBucket(state, command, undefined))];
}

type Listing = Extract<BucketCommand, { readonly kind: 'list-buckets' }>;

function list(state: State, { volume: name, startKey, prefix, count }: Listing): readonly Outcome[] {
  const volume = state.volumes.get(name);
  if (volume === undefined) return refused(state, 'VOLUME_NOT_FOUND');
  const names = [...volume.buckets.keys()]
    .filter((bucket) => bucket.startsWith(prefix) && (startKey === '' || byBytes(bucket, startKey) > 0))
    .sort(byBytes)
    .slice(0, Math.max(count, 0));
  const shown = names.flatMap((bucket) => {
    const found = volume.buckets.get(bucket);
    return found === undefined ? [] : [bucketRecord({ volume: name, bucket }, found)];
  });
  return [done(state, shown)];
}
