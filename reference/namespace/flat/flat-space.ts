/** The space of a flat bucket: a name is one opaque string and its key one row; a slash means nothing (OBJECT_STORE, LEGACY). */

import type { StateView } from '../../storage/state-store.js';
import type { Bucket } from '../bucket-of.js';
import { decodeKey, getKey } from '../key-info.js';
import type { KeySpace, Place } from '../key-space.js';
import { childKey, idKey, KEYS, OPEN_KEYS } from '../tables.js';

/** Bound on what one plan removes; sessions beyond it stay in the table, where nothing finds them any more. */
const MAX_SESSIONS_REMOVED = 10_000;

function place(view: StateView, { objectId }: Bucket, name: string): Place {
  return {
    keys: KEYS,
    sessions: OPEN_KEYS,
    parentId: objectId,
    name,
    path: name,
    present: getKey(view, KEYS, childKey(objectId, name)),
  };
}

export const flatSpace: KeySpace = {
  locks: (_view, { objectId }, name) => [{ kind: 'slot', parentObjectId: objectId, name }],

  place,

  newPlace: (view, bucket, name) => ({ ...place(view, bucket, name), parents: [], newParents: 0 }),

  emptied(view, { objectId }) {
    const rows = { prefix: idKey(objectId) };
    for (const _key of view.scan(KEYS, { ...rows, limit: 1 })) return undefined;
    return [...view.scan(OPEN_KEYS, { ...rows, limit: MAX_SESSIONS_REMOVED })].map(([key]) => ({
      kind: 'delete',
      table: OPEN_KEYS,
      key,
    }));
  },

  *list(view, { objectId }, { prefix, after }) {
    const range = {
      prefix: childKey(objectId, prefix),
      ...(after === '' ? {} : { after: childKey(objectId, after) }),
    };
    for (const [, value] of view.scan(KEYS, range)) yield decodeKey(value);
  },
};
