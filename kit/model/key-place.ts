/**
 * What a key's name means in a bucket: in a flat one it is the name as it is, in a tree a path in normal form. It decides which names
 * are refused before anything is looked up (NS-KEY-10), and what a name is then.
 */
import type { BucketPlace, KeyPlace } from './command.js';
import { resolve } from './links.js';
import { isReserved, partsOf } from './names.js';
import { type Outcome, refused } from './outcome.js';
import type { Bucket, Entry, State, Token } from './state.js';
import { directoryAt } from './tree.js';

export interface Spot {
  readonly place: BucketPlace;
  readonly bucket: Bucket;
  readonly tree: boolean;
  /** From the root; the one name in a flat bucket. */
  readonly parts: readonly string[];
}

export type Spotted = { readonly spot: Spot } | { readonly outcomes: readonly Outcome[] };

/** How a command takes a name: `makes` one, only `finds` it, or looks it up to show it. */
export type Use = 'makes' | 'finds' | 'shows';

export function spotOf(state: State, place: KeyPlace, use: Use): Spotted {
  const resolved = resolve(state, place);
  if (resolved.kind === 'none') return { outcomes: refused(state, resolved.status) };
  const { bucket } = resolved;
  const found = { place: resolved.place, bucket };
  const { key } = place;
  if (bucket.layout === 'FILE_SYSTEM_OPTIMIZED') {
    const parts = partsOf(key);
    const reserved = isReserved((parts ?? []).join('/')) && use !== 'shows';
    if (parts === undefined || parts.length === 0 || reserved) {
      // No key can be there: that it is not found says as much, but for one to be made.
      const missing = use === 'finds' && parts?.length !== 0;
      return { outcomes: refused(state, 'INVALID_KEY_NAME', ...(missing ? (['KEY_NOT_FOUND'] as const) : [])) };
    }
    return { spot: { ...found, tree: true, parts } };
  }
  if (use === 'shows') return { spot: { ...found, tree: false, parts: [key] } };
  if (isReserved(key) || key === '') {
    // No key can have the name: that it is not found says as much, but for one to be made.
    return { outcomes: refused(state, 'INVALID_KEY_NAME', ...(use === 'finds' ? (['KEY_NOT_FOUND'] as const) : [])) };
  }
  return { spot: { ...found, tree: false, parts: [key] } };
}

/** What is at a spot, where its directory is there. */
export interface Standing {
  readonly parent: Token;
  readonly entry: Entry | undefined;
}

export function standing({ bucket, parts }: Spot): Standing | undefined {
  const parent = directoryAt(bucket, parts.slice(0, -1));
  if (parent.kind !== 'directory') return undefined;
  return { parent: parent.object, entry: parent.children.get(parts.at(-1) ?? '') };
}

/** A name's own place among what was seen: it does not pass to a bucket made later under the same name. */
export function seenAs({ bucket, parts }: Spot): string {
  return `${bucket.object}/${parts.join('/')}`;
}
