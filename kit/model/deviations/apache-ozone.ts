/** Where Apache Ozone 2.2.0 departs from the rules, or ends, as docs/observations has seen it. */
import type { Command } from '../command.js';
import { spotOf, standing } from '../key-place.js';
import { resolve } from '../links.js';
import { byBytes, isReserved, partsOf } from '../names.js';
import { sessionPlace } from '../sessions.js';
import { type Bucket, type Children, type Entry, type State, withBucket } from '../state.js';
import { usageBelow } from '../usage.js';
import type { Deviation } from './deviation.js';

export const APACHE_OZONE: readonly Deviation[] = [
  {
    name: 'owner that it has',
    reason: 'W-2: a change of owner to the present one is OK with success false',
    meets: (state, command) => {
      if (command.kind === 'set-volume') return state.volumes.get(command.volume)?.owner === command.owner;
      if (command.kind !== 'set-bucket' || command.owner === undefined) return false;
      return state.volumes.get(command.volume)?.buckets.get(command.bucket)?.owner === command.owner;
    },
  },
  {
    name: 'volume property without a word',
    reason: 'W-3: SetVolumeProperty with neither owner nor quota, or both, is gRPC INTERNAL without a text',
    meets: (_, command) =>
      command.kind === 'set-volume' && (command.owner === undefined) === (command.quotaInBytes === undefined),
  },
  {
    name: 'blank names',
    reason:
      'NS-KEY-10, NS-KEY-11: the empty name and names of white space are one key beside the bucket, in no listing',
    meets: (_, command) => namesOf(command).some((name) => name.trim() === ''),
  },
  {
    name: 'names above U+D7FF',
    reason: 'NS-KEY-8, NS-FSO-2: pages are ordered by UTF-16 units and lose entries',
    meets: (_, command) => namesOf(command).some((name) => /[\ud800-\uffff]/.test(name)),
  },
  {
    name: 'renamed to a reserved name',
    reason: 'NS-KEY-10: RenameKey makes names under .snapshot, which nothing can read',
    meets: (_, command) => command.kind === 'rename-key' && isReserved((partsOf(command.to) ?? []).join('/')),
  },
  {
    name: 'several renames of one name',
    reason: 'NS-KEY-14: a target that exists is replaced and lost; a chain leaves two keys of one id',
    meets: (state, command) => {
      if (command.kind !== 'rename-keys') return false;
      const names = command.pairs.flatMap(({ from, to }) => [from, to]);
      const root = bucketOf(state, command)?.root;
      return new Set(names).size < names.length || command.pairs.some(({ to }) => root?.has(to) === true);
    },
  },
  {
    name: 'file renamed to itself',
    reason: 'in a tree it stops every node for good',
    meets: (state, command) => {
      if (command.kind !== 'rename-key') return false;
      if (bucketOf(state, command)?.layout !== 'FILE_SYSTEM_OPTIMIZED') return false;
      return partsOf(command.key)?.join('/') === partsOf(command.to)?.join('/');
    },
  },
  {
    name: 'session of a key that is gone',
    reason: 'NS-KEY-12: a key renamed or deleted while it is open comes back under the objectID that it had',
    meets: (state, command) => {
      if (command.kind !== 'commit-key') return false;
      const named = sessionPlace(state, command);
      const spotted = named === undefined ? undefined : spotOf(state, named.place, 'finds');
      if (named?.session === undefined || spotted === undefined || 'outcomes' in spotted) return false;
      const session = spotted.spot.bucket.sessions.get(named.session);
      return session?.replaces === true && standing(spotted.spot)?.entry?.object !== session.object;
    },
  },
  {
    name: 'session of a bucket that is gone',
    reason: 'NS-BKT-8: it can be committed in a later bucket of the name',
    meets: (state, command) => {
      if (command.kind !== 'commit-key') return false;
      const within = state.opened.at(-1 - command.session)?.within;
      return within !== undefined && !bucketsOf(state).some(({ object }) => object === within);
    },
  },
  {
    name: 'names twice in DeleteKeys',
    reason: 'NS-QTA-1: usedNamespace sinks once for each time that the name is given',
    meets: (_, command) => command.kind === 'delete-keys' && new Set(command.keys).size < command.keys.length,
  },
  {
    name: 'overwritten in a versioned bucket',
    reason: 'NS-QTA-1: every version counts, and one is given back',
    meets: (state, command) => {
      if (command.kind !== 'commit-key') return false;
      const named = sessionPlace(state, command);
      const spotted = named === undefined ? undefined : spotOf(state, named.place, 'finds');
      if (spotted === undefined || 'outcomes' in spotted) return false;
      return spotted.spot.bucket.versioned && standing(spotted.spot)?.entry !== undefined;
    },
  },
  {
    name: 'NUL in a tree',
    reason: 'W-3: a read or a delete of such a path is gRPC INTERNAL without a text',
    meets: (state, command) =>
      'key' in command &&
      command.key.includes('\0') &&
      command.kind !== 'create-key' &&
      bucketOf(state, command)?.layout === 'FILE_SYSTEM_OPTIMIZED',
  },
  {
    name: 'slash for a prefix',
    reason: 'NS-KEY-8: as a prefix it is none, and as a startKey it is none',
    meets: (_, command) => command.kind === 'list-keys' && (command.prefix === '/' || command.startKey === '/'),
  },
  {
    name: 'listing from below its prefix',
    reason: 'NS-KEY-8: a key between the two ends the listing, which begins at the prefix by the rule',
    meets: (_, command) =>
      command.kind === 'list-keys' &&
      command.startKey !== '' &&
      !command.startKey.startsWith(command.prefix) &&
      byBytes(command.startKey, command.prefix) < 0,
  },
  {
    name: 'page behind a key that is there',
    reason: 'NS-KEY-8: isTruncated counts the startKey itself, and says more when nothing follows',
    meets: (state, command) => {
      if (command.kind !== 'list-keys' || command.count <= 0) return false;
      const root = bucketOf(state, command)?.root;
      if (root?.has(command.startKey) !== true) return false;
      const { prefix, startKey } = command;
      return (
        [...root.keys()].filter((name) => name.startsWith(prefix) && byBytes(name, startKey) > 0).length ===
        command.count
      );
    },
  },
  {
    name: 'root deleted',
    reason: 'W-3: DeleteKey of the root of a tree is gRPC INTERNAL without a text',
    meets: (state, command) =>
      command.kind === 'delete-key' &&
      bucketOf(state, command)?.layout === 'FILE_SYSTEM_OPTIMIZED' &&
      partsOf(command.key)?.length === 0,
  },
  {
    name: 'room given back later',
    reason: 'NS-QTA-2: what was deleted takes its room until it is purged, though usedNamespace has it no more',
    meets: (_, { kind }) => kind === 'delete-key' || kind === 'delete-keys',
    allows: (before, command, after) => {
      const [had, has] = [before, after].map((state) => ('bucket' in command ? resolve(state, command) : undefined));
      if (had?.kind !== 'bucket' || has?.kind !== 'bucket') return after;
      const gone = usageBelow(had.bucket.root).entries - usageBelow(has.bucket.root).entries;
      return withBucket(after, has.place, { ...has.bucket, held: has.bucket.held + gone });
    },
  },
  {
    name: 'owner lost by a rename',
    reason:
      'a rename in a tree leaves the directory that is renamed, or the one that a file is taken from, without its owner; no rule names it',
    meets: (state, command) =>
      command.kind === 'rename-key' && bucketOf(state, command)?.layout === 'FILE_SYSTEM_OPTIMIZED',
    allows: (_, command, after) => {
      const resolved = command.kind === 'rename-key' ? resolve(after, command) : undefined;
      if (resolved?.kind !== 'bucket') return after;
      return withBucket(after, resolved.place, { ...resolved.bucket, root: withoutOwners(resolved.bucket.root) });
    },
  },
];

function withoutOwners(children: Children): Children {
  return new Map(
    [...children].map(([name, entry]): [string, Entry] =>
      entry.kind === 'key'
        ? [name, entry]
        : [name, { ...entry, owner: undefined, children: withoutOwners(entry.children) }],
    ),
  );
}

function bucketOf(state: State, place: { readonly volume: string; readonly bucket: string }): Bucket | undefined {
  const resolved = resolve(state, place);
  return resolved.kind === 'bucket' ? resolved.bucket : undefined;
}

function bucketsOf(state: State): readonly Bucket[] {
  return [...state.volumes.values()].flatMap(({ buckets }) => [...buckets.values()]);
}

/** Names of keys in it. The root of a bucket is no blank name. */
function namesOf(command: Command): readonly string[] {
  switch (command.kind) {
    case 'get-file-status':
    case 'list-status':
    case 'create-directory':
      return command.key === '' ? [] : [command.key];
    case 'delete-keys':
      return command.keys;
    case 'rename-keys':
      return command.pairs.flatMap(({ from, to }) => [from, to]);
    case 'rename-key':
      return [command.key, command.to];
    case 'commit-key':
    case 'allocate-block':
      return command.elsewhere === undefined ? [] : [command.elsewhere.key];
    default:
      return 'key' in command ? [command.key] : [];
  }
}
