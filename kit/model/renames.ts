/** Renames of keys, files and directories (NS-KEY-7, NS-KEY-14, NS-FSO-4). */
import type { KeyCommand } from './command.js';
import { type Spot, spotOf, standing } from './key-place.js';
import { resolve } from './links.js';
import { isReserved, partsOf } from './names.js';
import { done, type Outcome, refused } from './outcome.js';
import { type Bucket, changed, type State, withBucket } from './state.js';
import { directoryAt, entryAt, withEntry } from './tree.js';

type Of<K> = Extract<KeyCommand, { readonly kind: K }>;

export function renameKey(state: State, command: Of<'rename-key'>): readonly Outcome[] {
  const resolved = resolve(state, command);
  if (resolved.kind === 'none') return refused(state, resolved.status);
  const { bucket, place } = resolved;
  if (bucket.layout === 'FILE_SYSTEM_OPTIMIZED') return renameInTree(state, command);
  const { key: from, to } = command;
  if (from === '' || to === '' || isReserved(to)) return refused(state, 'INVALID_KEY_NAME');
  if (to.includes('\0')) return refusedPath(state, bucket.root.has(from));
  if (bucket.root.has(to)) return refused(state, 'KEY_ALREADY_EXISTS');
  if (!bucket.root.has(from)) return refused(state, 'KEY_NOT_FOUND');
  const [after, next] = moved(state, bucket, [from], [to]);
  return [done(withBucket(next, place, after))];
}

/** Which of two reasons is named first, that the new name is none or that nothing has the old one, no rule says. */
function refusedPath(state: State, sourceIsThere: boolean): readonly Outcome[] {
  return refused(state, 'INVALID_PATH', ...(sourceIsThere ? [] : (['KEY_NOT_FOUND'] as const)));
}

/** The entry has its ids and all that is below it; only its place and its generation are new. */
function moved(state: State, bucket: Bucket, from: readonly string[], to: readonly string[]): [Bucket, State] {
  const found = entryAt(bucket, from);
  if (found === undefined) return [bucket, state];
  const [entry, next] = changed(state, found.entry, {});
  return [withEntry(withEntry(bucket, from, undefined), to, entry), next];
}

/** Pair after pair, each sees those before it; a pair that cannot be is left alone. */
export function renameKeys(state: State, command: Of<'rename-keys'>): readonly Outcome[] {
  const resolved = resolve(state, command);
  if (resolved.kind === 'none') return refused(state, resolved.status);
  if (resolved.bucket.layout === 'FILE_SYSTEM_OPTIMIZED') return refused(state, 'NOT_SUPPORTED_OPERATION');
  let { bucket } = resolved;
  let next = state;
  const left: { from: string; to: string }[] = [];
  for (const { from, to } of command.pairs) {
    const can = isName(from) && isName(to) && bucket.root.has(from) && !bucket.root.has(to);
    if (can) [bucket, next] = moved(next, bucket, [from], [to]);
    else left.push({ from, to });
  }
  const after = withBucket(next, resolved.place, bucket);
  if (left.length === 0) return [done(after, { status: true, left: [] })];
  const partial: Outcome = { status: 'PARTIAL_RENAME', success: false, body: { status: false, left }, state: after };
  // Of a name with NUL the rule on what can be renamed holds (NS-KEY-14); Ozone refuses the whole request for it.
  return command.pairs.some(({ to }) => to.includes('\0')) ? [partial, ...refused(state, 'INVALID_PATH')] : [partial];
}

function isName(key: string): boolean {
  return key !== '' && !key.includes('\0');
}

function renameInTree(state: State, command: Of<'rename-key'>): readonly Outcome[] {
  const target = partsOf(command.to);
  if (target === undefined || isReserved(target.join('/'))) return refused(state, 'INVALID_KEY_NAME');
  const source = partsOf(command.key);
  if (source === undefined || source.length === 0) return refused(state, 'INVALID_KEY_NAME');
  const spotted = spotOf(state, command, 'shows');
  if ('outcomes' in spotted) return spotted.outcomes;
  const { spot } = spotted;
  const entry = standing(spot)?.entry;
  if (command.to.includes('\0')) return refusedPath(state, entry !== undefined);
  if (entry === undefined) return refused(state, 'KEY_NOT_FOUND');
  const same = target.length === source.length && startsWith(target, source);
  if (same) return refused(state, 'KEY_ALREADY_EXISTS');
  if (entry.kind === 'directory' && startsWith(target, source)) return refused(state, 'KEY_RENAME_ERROR');
  const place = placeIn(spot.bucket, source, target);
  if (typeof place === 'string') return refused(state, place);
  return place.length === 0 ? stays(state, spot) : go(state, spot, place);
}

/** Where the entry comes to be: into a directory that is there, else under the new name; none when it is there already. */
function placeIn(
  bucket: Bucket,
  source: readonly string[],
  target: readonly string[],
): readonly string[] | 'KEY_ALREADY_EXISTS' | 'KEY_RENAME_ERROR' {
  const last = source.at(-1) ?? '';
  if (target.length === 0) {
    if (source.length === 1) return [];
    return bucket.root.has(last) ? 'KEY_ALREADY_EXISTS' : [last];
  }
  const there = entryAt(bucket, target)?.entry;
  if (there?.kind === 'key') return 'KEY_ALREADY_EXISTS';
  if (there?.kind === 'directory') return there.children.has(last) ? 'KEY_ALREADY_EXISTS' : [...target, last];
  return directoryAt(bucket, target.slice(0, -1)).kind === 'directory' ? target : 'KEY_RENAME_ERROR';
}

function go(state: State, spot: Spot, to: readonly string[]): readonly Outcome[] {
  const [after, next] = moved(state, spot.bucket, spot.parts, to);
  return [done(withBucket(next, spot.place, after))];
}

/** Into the directory that it is in already: whether that counts as a change no rule says. */
function stays(state: State, spot: Spot): readonly Outcome[] {
  return [done(state), ...go(state, spot, spot.parts)];
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((part, position) => path[position] === part);
}
