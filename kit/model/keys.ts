/** Reading, tagging, deleting and listing keys in both layouts (NS-KEY-5, -6, -8, -9, -11, NS-FSO-3, -5). Renames are `renames.ts`'s. */
import type { KeyCommand, KeyPlace, Pairs, TagCommand } from './command.js';
import { type Spot, seenAs, spotOf, standing } from './key-place.js';
import { resolve } from './links.js';
import { byBytes, isReserved } from './names.js';
import { done, type Expected, type Outcome, refused } from './outcome.js';
import { directoryRecord, keyRecord, showsAsFile } from './records.js';
import { renameKey, renameKeys } from './renames.js';
import {
  type Bucket,
  type Children,
  changed,
  type Entry,
  type Key,
  put,
  type State,
  type Token,
  withBucket,
} from './state.js';
import { entryAt, withEntry } from './tree.js';
import { usageBelow } from './usage.js';

export function keyStep(state: State, command: KeyCommand): readonly Outcome[] {
  switch (command.kind) {
    case 'lookup-key':
    case 'get-key-info':
      return show(state, command);
    case 'get-tags':
    case 'put-tags':
    case 'delete-tags':
      return tag(state, command);
    case 'delete-key':
      return remove(state, command, command.recursive);
    case 'delete-keys':
      return removeAll(state, command);
    case 'rename-key':
      return renameKey(state, command);
    case 'rename-keys':
      return renameKeys(state, command);
    case 'list-keys':
      return list(state, command);
  }
}

type Of<K> = Extract<KeyCommand, { readonly kind: K }>;

function show(state: State, command: KeyPlace): readonly Outcome[] {
  const spotted = spotOf(state, command, 'shows');
  if ('outcomes' in spotted) return spotted.outcomes;
  const { spot } = spotted;
  const at = standing(spot);
  if (at?.entry === undefined) {
    return refused(state, 'KEY_NOT_FOUND', ...(isReserved(command.key) ? (['FILE_NOT_FOUND'] as const) : []));
  }
  const { entry, parent } = at;
  const seen = { ...state, seen: put(state.seen, seenAs(spot), entry.generation) };
  if (entry.kind === 'key') return [done(seen, { key: recordOf(spot, entry) })];
  return [done(seen, { key: directoryRecord({ ...spot.place, key: `${spot.parts.join('/')}/` }, entry, parent) })];
}

export function recordOf(spot: Spot, key: Key): Expected {
  const name = spot.parts.join('/');
  return keyRecord({ ...spot.place, key: name }, key, spot.tree ? standing(spot)?.parent : undefined);
}

function tag(state: State, command: TagCommand): readonly Outcome[] {
  const reads = command.kind === 'get-tags';
  const spotted = spotOf(state, command, reads ? 'shows' : 'finds');
  if ('outcomes' in spotted) return spotted.outcomes;
  const { spot } = spotted;
  const entry = standing(spot)?.entry;
  if (entry === undefined) {
    return refused(state, 'KEY_NOT_FOUND', ...(isReserved(command.key) ? (['FILE_NOT_FOUND'] as const) : []));
  }
  if (entry.kind === 'directory') {
    return reads ? [done(state, { tags: { exactly: {} } })] : refused(state, 'NOT_SUPPORTED_OPERATION');
  }
  if (reads) return [done(state, { tags: { exactly: entry.tags } })];
  const tags: Pairs = command.kind === 'put-tags' ? command.tags : {};
  const [after, next] = changed<Key>(state, entry, { tags });
  return [done(withBucket(next, spot.place, withEntry(spot.bucket, spot.parts, after)))];
}

function remove(state: State, command: KeyPlace, recursive: boolean): readonly Outcome[] {
  const spotted = spotOf(state, command, 'finds');
  if ('outcomes' in spotted) return spotted.outcomes;
  const { spot } = spotted;
  const entry = standing(spot)?.entry;
  if (entry === undefined) return refused(state, 'KEY_NOT_FOUND');
  if (entry.kind === 'directory' && entry.children.size > 0 && !recursive) {
    return refused(state, 'DIRECTORY_NOT_EMPTY');
  }
  return [done(withBucket(state, spot.place, without(spot.bucket, spot.parts, entry)))];
}

/** Without an entry and all below it; what was below waits for its purge. */
function without(bucket: Bucket, parts: readonly string[], entry: Entry): Bucket {
  const below = entry.kind === 'directory' ? usageBelow(entry.children) : { entries: 0, bytes: 0 };
  const purging = {
    entries: bucket.purging.entries + below.entries,
    bytes: bucket.purging.bytes + below.bytes,
  };
  return { ...withEntry(bucket, parts, undefined), purging };
}

/** Every name is looked up in the bucket as it was, so that a directory and what is in it can go in one request. */
function removeAll(state: State, command: Of<'delete-keys'>): readonly Outcome[] {
  const resolved = resolve(state, command);
  if (resolved.kind === 'none') return refused(state, resolved.status);
  const tree = resolved.bucket.layout === 'FILE_SYSTEM_OPTIMIZED';
  let { bucket } = resolved;
  const missing: string[] = [];
  for (const key of command.keys) {
    const parts = tree ? key.split('/') : [key];
    const there = key === '' ? undefined : entryAt(resolved.bucket, parts);
    if (there === undefined) missing.push(key);
    else {
      const still = entryAt(bucket, parts);
      if (still !== undefined) bucket = without(bucket, parts, still.entry);
    }
  }
  const after = withBucket(state, resolved.place, bucket);
  if (missing.length === 0)
    return [done(after, { status: true, volume: command.volume, bucket: command.bucket, left: [] })];
  // Why a name that no key can have was not found, no rule says.
  const errors = Object.fromEntries(missing.map((key) => [key, isName(key) ? 'KEY_NOT_FOUND' : undefined]));
  // A missing name that is given twice is named twice or once.
  const named = [missing, ...(new Set(missing).size < missing.length ? [[...new Set(missing)]] : [])];
  const partial = named.map((left): Outcome => {
    const body = { status: false, volume: command.volume, bucket: command.bucket, left, errors };
    return { status: 'PARTIAL_DELETE', success: false, body, state: after };
  });
  // Ozone looks for NUL first, in trees.
  return missing.every(isName) ? partial : [...partial, ...refused(state, 'INVALID_PATH')];
}

function isName(key: string): boolean {
  return key !== '' && !key.includes('\0');
}

function list(state: State, command: Of<'list-keys'>): readonly Outcome[] {
  const resolved = resolve(state, command);
  if (resolved.kind === 'none') return refused(state, resolved.status);
  const { bucket, place } = resolved;
  const { startKey, prefix, count, light } = command;
  const tree = bucket.layout === 'FILE_SYSTEM_OPTIMIZED';
  const behind = (tree ? allOf('', bucket.object, bucket.root) : allOf('', undefined, bucket.root))
    .filter(({ name }) => name.startsWith(prefix) && (startKey === '' || byBytes(name, startKey) > 0))
    .sort((left, right) => byBytes(left.name, right.name));
  const page = behind.slice(0, Math.max(count, 0));
  const keys = page.map(({ name: key, parent, entry }) => {
    if (entry.kind === 'directory') return light ? { key } : directoryRecord({ ...place, key }, entry, parent ?? 0);
    return light ? lightRecord(key, entry) : keyRecord({ ...place, key }, entry, parent);
  });
  const listed = done(state, { keys, truncated: count > 0 && page.length < behind.length });
  // A tree is walked by ListStatus: the rules on flat listings are written for flat buckets, and Ozone's are empty here.
  return tree ? [listed, done(state, { keys: [], truncated: false })] : [listed];
}

interface Listed {
  readonly name: string;
  readonly parent: Token | undefined;
  readonly entry: Entry;
}

/** Every entry under its whole name; a directory's ends with a slash. */
function allOf(path: string, parent: Token | undefined, children: Children): readonly Listed[] {
  return [...children].flatMap(([name, entry]): readonly Listed[] =>
    entry.kind === 'key'
      ? [{ name: `${path}${name}`, parent, entry }]
      : [{ name: `${path}${name}/`, parent, entry }, ...allOf(`${path}${name}/`, entry.object, entry.children)],
  );
}

/** A light listing leaves ids, metadata and tags out. */
function lightRecord(key: string, entry: Key): Expected {
  if (entry.marker === true) return { key };
  return {
    key,
    dataSize: BigInt(entry.dataSize),
    replication: entry.replication,
    owner: entry.owner,
    isFile: showsAsFile(key, entry),
    creationTime: { chosen: 'time', token: entry.created },
  };
}
