/** The space of a flat bucket: a name is one opaque string and its key one row; a slash means nothing (OBJECT_STORE, LEGACY). */

import type { StateView } from '../../storage/state-store.js';
import { refusal, Status } from '../answers.js';
import { chargedBytes } from '../blocks.js';
import type { Bucket } from '../bucket-of.js';
import type { Answer, Lock, PlanContext } from '../command.js';
import { getKey, type KeyInfo, putKey, storedKey } from '../key-info.js';
import type { KeySpace, Place } from '../key-space.js';
import { removedSessions } from '../removed-sessions.js';
import { childKey, idKey, KEYS, OPEN_KEYS } from '../tables.js';

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

function slot({ objectId }: Bucket, name: string): Lock {
  return { kind: 'slot', parentObjectId: objectId, name };
}

function notFound(name: string): Answer {
  return refusal(Status.KEY_NOT_FOUND, `Key ${name} is not found`);
}

/** The record of a key under another name. */
export function renamed(info: KeyInfo, keyName: string, context: PlanContext): KeyInfo {
  return { ...info, keyName, modificationTime: context.nowMs, updateID: context.managedIndex };
}

export const flatSpace: KeySpace = {
  locks: (_view, bucket, name) => [slot(bucket, name)],
  removalLocks: (_view, bucket, name) => [slot(bucket, name)],
  renameLocks: (_view, bucket, { from, to }) => [slot(bucket, from), slot(bucket, to)],

  place,
  sessionPlace: place,

  newPlace(view, bucket, { keyName }) {
    // Upstream takes it for a key outside its bucket's listing; here a listing could not go on behind it (NS-KEY-8).
    if (keyName === '') return refusal(Status.INVALID_KEY_NAME, 'A key has a name');
    const inheritedAcls = bucket.info.acls ?? [];
    return { ...place(view, bucket, keyName), parents: [], newParents: 0, inheritedAcls };
  },

  remove(view, bucket, name) {
    const { present } = place(view, bucket, name);
    if (present === undefined) return notFound(name);
    return {
      objectId: present.objectID ?? 0n,
      operations: [{ kind: 'delete', table: KEYS, key: childKey(bucket.objectId, name) }],
      freed: { bytes: chargedBytes(present), entries: 1n },
    };
  },

  rename(view, bucket, { from, to }, context) {
    if (from === '' || to === '') {
      return refusal(Status.INVALID_KEY_NAME, 'A rename needs the names of a source and a target');
    }
    if (place(view, bucket, to).present !== undefined) {
      return refusal(Status.KEY_ALREADY_EXISTS, `Key ${to} already exists`);
    }
    const { present } = place(view, bucket, from);
    if (present === undefined) return notFound(from);
    return [
      { kind: 'delete', table: KEYS, key: childKey(bucket.objectId, from) },
      putKey(KEYS, childKey(bucket.objectId, to), renamed(present, to, context)),
    ];
  },

  emptied(view, { objectId }) {
    for (const _key of view.scan(KEYS, { prefix: idKey(objectId), limit: 1 })) return undefined;
    return removedSessions(view, OPEN_KEYS, objectId);
  },

  *list(view, { objectId }, { prefix, after }) {
    const range = {
      prefix: childKey(objectId, prefix),
      ...(after === '' ? {} : { after: childKey(objectId, after) }),
    };
    for (const [, value] of view.scan(KEYS, range)) yield storedKey(value);
  },
};
