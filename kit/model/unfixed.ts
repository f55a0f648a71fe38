/**
 * Commands whose answer no rule fixes in the state that they meet: nobody who follows the rules can be judged by them, so they are not
 * sent. Each has a name, under which a run counts what it left out.
 */
import type { Command } from './command.js';
import { resolve } from './links.js';
import { isReserved } from './names.js';
import { sessionPlace } from './sessions.js';
import type { Bucket, State } from './state.js';

/** @returns why it is not sent; undefined: the rules say what comes of it */
export function unfixed(state: State, command: Command): string | undefined {
  const isOfSession = command.kind === 'commit-key' || command.kind === 'allocate-block';
  if (isOfSession && isReserved(command.elsewhere?.key ?? '')) return 'a session of a reserved name';
  if (command.kind === 'allocate-block') {
    const named = sessionPlace(state, command);
    const bucket = named === undefined ? undefined : bucketOf(state, named.place);
    return bucket !== undefined && bucket.quotaInBytes >= 0n ? 'blocks under a space quota' : undefined;
  }
  if (!('bucket' in command)) return undefined;
  const bucket = bucketOf(state, command);
  if (bucket === undefined) return undefined;
  const flat = bucket.layout === 'OBJECT_STORE';
  switch (command.kind) {
    case 'create-key':
      return command.dataSize > 0 && bucket.quotaInBytes >= 0n ? 'blocks under a space quota' : undefined;
    case 'create-file':
      if (flat) return 'a file among flat names';
      if (!isNormal(command.key) && command.key !== '') return 'a file by a path not in normal form';
      return bucket.quotaInBytes >= 0n ? 'blocks under a space quota' : undefined;
    case 'delete-keys':
      return !flat && command.keys.some((key) => key !== '' && !isNormal(key))
        ? 'a batch of paths not in normal form'
        : undefined;
    case 'create-directory':
      if (isReserved(command.key)) return 'a directory of a reserved name';
      return isPlain(command.key, flat) ? undefined : 'a directory by a path not in normal form';
    case 'get-file-status':
      return flat && !isPlain(command.key, flat) ? 'a status by a path not in normal form' : undefined;
    case 'list-status':
      if (!isPlain(command.key, flat)) return 'a level by a path not in normal form';
      if (!continues(command.key, command.startKey)) return 'a level from outside of it';
      return flat && isMuddled(bucket) ? 'a level where a name is a key and a directory' : undefined;
    default:
      return undefined;
  }
}

function bucketOf(state: State, place: { readonly volume: string; readonly bucket: string }): Bucket | undefined {
  const resolved = resolve(state, place);
  return resolved.kind === 'bucket' ? resolved.bucket : undefined;
}

function isNormal(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes(':'));
}

/** In normal form, or the root; in a tree a slash may lead, and one may follow. */
function isPlain(path: string, flat: boolean): boolean {
  if (path === '') return true;
  const inner = flat ? path : path.replace(/^\//, '').replace(/\/$/, '');
  return isNormal(inner);
}

/** `startKey` names something that is, or could be, on the level. */
function continues(path: string, startKey: string): boolean {
  if (startKey === '') return true;
  const child = path === '' ? startKey : startKey.startsWith(`${path}/`) ? startKey.slice(path.length + 1) : '';
  return child !== '' && isNormal(child) && !child.includes('/');
}

/** Names that are a key and the directory of another at once, or that have no name between two slashes. */
function isMuddled({ root }: Bucket): boolean {
  const names = [...root.keys()];
  return names.some((name) => {
    const inner = name.replace(/\/$/, '');
    return !isNormal(inner) || (inner === name && names.some((longer) => longer.startsWith(`${name}/`)));
  });
}
