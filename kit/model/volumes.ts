/** Commands on volumes (NS-VOL-1 to -5, NS-VOL-7). */
import type { VolumeCommand } from './command.js';
import { isGoodContainerName } from './names.js';
import { done, type Outcome, refused, type StatusName } from './outcome.js';
import { volumeRecord } from './records.js';
import { changed, type State, stamped, type Volume, withVolume } from './state.js';

export function volumeStep(state: State, command: VolumeCommand): readonly Outcome[] {
  const volume = state.volumes.get(command.volume);
  if (command.kind === 'create-volume') return create(state, command, volume);
  if (volume === undefined) {
    // A request that says nothing can be refused before its volume is looked for (docs/decisions/0004).
    return refused(state, 'VOLUME_NOT_FOUND', ...(saysNothing(command) ? (['INVALID_REQUEST'] as const) : []));
  }
  switch (command.kind) {
    case 'info-volume':
      return [done(state, volumeRecord(command.volume, volume))];
    case 'delete-volume':
      if (volume.buckets.size > 0) return refused(state, 'VOLUME_NOT_EMPTY');
      return [done(withVolume(state, command.volume, undefined))];
    case 'set-volume':
      return set(state, command, volume);
  }
}

type Of<K> = Extract<VolumeCommand, { readonly kind: K }>;

function create(state: State, command: Of<'create-volume'>, existing: Volume | undefined): readonly Outcome[] {
  if (!isGoodContainerName(command.volume)) return refused(state, 'INVALID_VOLUME_NAME');
  if (existing !== undefined) return refused(state, 'VOLUME_ALREADY_EXISTS');
  const { stamp, state: after } = stamped(state);
  const volume: Volume = {
    ...stamp,
    owner: command.owner,
    quotaInBytes: command.quotaInBytes ?? 0n,
    quotaInNamespace: command.quotaInNamespace ?? -2n,
    buckets: new Map(),
  };
  return [done(withVolume(after, command.volume, volume))];
}

function set(state: State, command: Of<'set-volume'>, volume: Volume): readonly Outcome[] {
  const { owner, quotaInBytes, quotaInNamespace } = command;
  if (saysNothing(command)) return refused(state, 'INVALID_REQUEST');
  if (owner !== undefined) {
    if (owner === volume.owner) return [done(state, { response: false })];
    return give(state, command.volume, volume, { owner }, { response: true });
  }
  const statuses = new Set<StatusName>();
  const buckets = [...volume.buckets.values()].filter(({ source }) => source === undefined);
  if (quotaInBytes !== undefined && quotaInBytes > 0n) {
    if (buckets.some((bucket) => bucket.quotaInBytes < 0n)) statuses.add('QUOTA_ERROR');
    const sum = buckets.reduce((total, bucket) => total + (bucket.quotaInBytes > 0n ? bucket.quotaInBytes : 0n), 0n);
    if (sum > quotaInBytes) statuses.add('QUOTA_EXCEEDED');
  }
  if (quotaInNamespace !== undefined && quotaInNamespace > 0n && BigInt(volume.buckets.size) > quotaInNamespace) {
    statuses.add('QUOTA_EXCEEDED');
  }
  if (statuses.size > 0) return refused(state, ...statuses);
  return give(state, command.volume, volume, {
    quotaInBytes: limit(quotaInBytes, volume.quotaInBytes),
    quotaInNamespace: limit(quotaInNamespace, volume.quotaInNamespace),
  });
}

/** Or both things at once. */
function saysNothing(command: VolumeCommand): boolean {
  return command.kind === 'set-volume' && (command.owner === undefined) === (command.quotaInBytes === undefined);
}

/** A positive number is a limit and −1 takes it away; any other is passed over. */
export function limit(asked: bigint | undefined, now: bigint): bigint {
  return asked !== undefined && (asked > 0n || asked === -1n) ? asked : now;
}

function give(
  state: State,
  name: string,
  volume: Volume,
  change: Partial<Volume>,
  body?: { readonly response: boolean },
): readonly Outcome[] {
  const [after, next] = changed(state, volume, change);
  return [done(withVolume(next, name, after), body)];
}
