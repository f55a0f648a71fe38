/** Directories and one level of them, in trees and among flat names (NS-FSO-1, NS-FSO-2, NS-FSO-7). */
import type { FileCommand, KeyPlace } from './command.js';
import { resolve } from './links.js';
import { byBytes, writtenParts } from './names.js';
import { done, type Expected, type Outcome, refused } from './outcome.js';
import { directoryRecord, keyRecord } from './records.js';
import { type Bucket, type Children, fresh, type Key, type State, withBucket } from './state.js';
import { directoryAt, entryAt, withDirectories, withEntry } from './tree.js';
import { fitsEntries } from './usage.js';

export function fileStep(state: State, command: FileCommand): readonly Outcome[] {
  const resolved = resolve(state, command);
  if (resolved.kind === 'none') return refused(state, resolved.status);
  const { bucket } = resolved;
  const place = { ...resolved.place, key: command.key };
  const tree = bucket.layout === 'FILE_SYSTEM_OPTIMIZED';
  switch (command.kind) {
    case 'create-directory':
      if (command.key === '') return refused(state, 'CANNOT_CREATE_DIRECTORY_AT_ROOT');
      if (command.key.includes('\0')) return refused(state, 'INVALID_PATH');
      return tree ? createInTree(state, bucket, place) : createFlat(state, bucket, place);
    case 'get-file-status':
      if (command.key === '') return [done(state, { status: { isDirectory: true } })];
      return statusOf(state, tree ? treeEntry(bucket, place) : flatEntry(bucket, place));
    case 'list-status': {
      const found = tree ? treeLevel(bucket, place) : flatLevel(bucket, place);
      if (found !== undefined) return page(state, found, command);
      // Among flat names a level is what comes behind startKey: none, or no level.
      const none = !tree && command.startKey !== '' ? [done(state, { statuses: [] })] : [];
      return [...none, ...refused(state, 'FILE_NOT_FOUND')];
    }
  }
}

function createInTree(state: State, bucket: Bucket, place: KeyPlace): readonly Outcome[] {
  const parts = writtenParts(place.key);
  const there = directoryAt(bucket, parts);
  if (there.kind === 'directory') return refused(state, 'DIRECTORY_ALREADY_EXISTS');
  if (there.kind === 'file') return refused(state, 'FILE_ALREADY_EXISTS');
  const missing = parts.length - there.there;
  const { stamps, state: next } = stampsFor(state, missing);
  const made = withDirectories(bucket, parts, stamps);
  return byRoom(state, bucket, missing, withBucket(next, place, made));
}

/** The names with a slash behind them that are missing, upwards to the first that is there. */
function createFlat(state: State, bucket: Bucket, place: KeyPlace): readonly Outcome[] {
  const parts = writtenParts(place.key);
  const missing: string[] = [];
  for (let depth = parts.length; depth > 0; depth -= 1) {
    const name = parts.slice(0, depth).join('/');
    if (bucket.root.has(name)) return refused(state, 'FILE_ALREADY_EXISTS');
    if (bucket.root.has(`${name}/`)) {
      if (depth === parts.length) return refused(state, 'DIRECTORY_ALREADY_EXISTS');
      break;
    }
    missing.unshift(`${name}/`);
  }
  const { stamps, state: next } = stampsFor(state, missing.length);
  const made = missing.reduce((grown, name, at) => {
    const stamp = stamps[at];
    if (stamp === undefined) return grown;
    return withEntry(grown, [name], { ...EMPTY_KEY, ...stamp });
  }, bucket);
  return byRoom(state, bucket, missing.length, withBucket(next, place, made));
}

const EMPTY_KEY = {
  kind: 'key',
  metadata: {},
  tags: {},
  dataSize: 0,
  replication: 'RATIS/THREE',
  marker: true,
} as const;

/** CreateDirectory of this model names no owner. */
function stampsFor(state: State, count: number) {
  const { tokens, state: next } = fresh(state, 3 * count);
  const stamps = Array.from({ length: count }, (_, at) => {
    const [object = 0, generation = 0, created = 0] = tokens.slice(3 * at, 3 * at + 3);
    return { object, generation, created, owner: '' };
  });
  return { stamps, state: next };
}

function byRoom(state: State, bucket: Bucket, more: number, after: State): readonly Outcome[] {
  const fits = fitsEntries(bucket, more);
  const made = fits === 'no' ? [] : [done(after)];
  return fits === 'yes' ? made : [...made, ...refused(state, 'QUOTA_EXCEEDED')];
}

/** A file or directory as a status shows it. */
interface Shown {
  readonly name: string;
  readonly record: Expected;
}

function shown(isDirectory: boolean, key: Expected): Expected {
  return { isDirectory, key };
}

function statusOf(state: State, record: Expected): readonly Outcome[] {
  return record === undefined ? refused(state, 'FILE_NOT_FOUND') : [done(state, { status: record })];
}

/** A trailing slash asks for a directory; a dot is a name that nothing has. */
function treeEntry(bucket: Bucket, place: KeyPlace): Expected {
  const parts = writtenParts(place.key);
  const found = parts.length === 0 ? undefined : entryAt(bucket, parts);
  if (found === undefined) return undefined;
  const { entry, parent } = found;
  if (entry.kind === 'directory') return shown(true, directoryRecord(place, entry, parent));
  return place.key.endsWith('/') ? undefined : shown(false, keyRecord(place, entry, parent));
}

function flatEntry(bucket: Bucket, place: KeyPlace): Expected {
  const key = keyOf(bucket.root, place.key);
  if (key !== undefined) return shown(false, keyRecord(place, key, undefined));
  const below = place.key.endsWith('/') ? place.key : `${place.key}/`;
  for (const name of bucket.root.keys()) {
    // The directory of a name that no key has is made up.
    if (name.startsWith(below)) return { isDirectory: true };
  }
  return undefined;
}

function keyOf(children: Children, name: string): Key | undefined {
  const entry = children.get(name);
  return entry?.kind === 'key' ? entry : undefined;
}

/** What one level shows, in order; a file shows itself. */
function treeLevel(bucket: Bucket, place: KeyPlace): readonly Shown[] | undefined {
  const parts = writtenParts(place.key);
  if (parts.length === 0 && place.key !== '') return undefined;
  const level = directoryAt(bucket, parts);
  if (level.kind === 'directory') {
    return [...level.children]
      .sort(([left], [right]) => byBytes(left, right))
      .map(([child, entry]) => {
        const name = below(place.key, child);
        const at = { ...place, key: name };
        const record =
          entry.kind === 'directory'
            ? shown(true, directoryRecord(at, entry, level.object))
            : shown(false, keyRecord(at, entry, level.object));
        return { name, record };
      });
  }
  const file = treeEntry(bucket, place);
  return file === undefined ? undefined : [{ name: place.key, record: file }];
}

/** As `treeLevel`, but that the slash belongs to the name of a directory, for the order as well. */
function flatLevel(bucket: Bucket, place: KeyPlace): readonly Shown[] | undefined {
  const key = keyOf(bucket.root, place.key);
  if (key !== undefined) return [{ name: place.key, record: shown(false, keyRecord(place, key, undefined)) }];
  const prefix = place.key === '' ? '' : `${place.key}/`;
  const level = new Map<string, Expected>();
  let there = place.key === '';
  for (const [name, entry] of bucket.root) {
    if (!name.startsWith(prefix)) continue;
    there = true;
    const [first = '', ...rest] = name.slice(prefix.length).split('/');
    if (first === '') continue;
    const at = { ...place, key: `${prefix}${first}` };
    const directory = { ...at, key: `${at.key}/` };
    if (rest.length > 0) level.set(directory.key, { isDirectory: true, key: directory });
    else if (entry.kind === 'key') level.set(at.key, shown(false, keyRecord(at, entry, undefined)));
  }
  if (!there) return undefined;
  return [...level].map(([name, record]) => ({ name, record })).sort((left, right) => byBytes(left.name, right.name));
}

function below(path: string, child: string): string {
  if (path === '') return child;
  return path.endsWith('/') ? `${path}${child}` : `${path}/${child}`;
}

/** From `startKey` on, itself too. How many are shown where fewer than two are asked for, no rule says. */
function page(
  state: State,
  level: readonly Shown[],
  { key, startKey, entries }: Extract<FileCommand, { kind: 'list-status' }>,
): readonly Outcome[] {
  // A file shows itself; whether also to who asks for what comes behind it, no rule says.
  const isFile = level.length === 1 && level[0]?.name === key;
  const itself = isFile ? [done(state, { statuses: level.map(({ record }) => record) })] : [];
  const behind = level
    .filter(({ name }) => startKey === '' || byBytes(name, startKey) >= 0)
    .map(({ record }) => record);
  const sizes = entries < 2 ? [entries, 2] : [entries];
  return [...sizes.map((size) => done(state, { statuses: behind.slice(0, size) })), ...itself];
}
