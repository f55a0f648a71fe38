/**
 * RenameKeys: renames of a list of keys those that can be renamed, in the order of the list, each seeing the ones before it, and
 * says which it could not (NS-KEY-14). For flat buckets only, as upstream.
 */
import { hadoop } from '#proto';
import type { StateView } from '../../../storage/state-store.js';
import { ok, refusedPlan, Status } from '../../answers.js';
import { type Bucket, isRefusal } from '../../bucket-of.js';
import type { Answer, OMRequest, Operation, PlanContext, WriteCommand } from '../../command.js';
import { renamed } from '../../flat/flat-space.js';
import { getKey, type KeyInfo, putKey } from '../../key-info.js';
import { nameFault, reservedNameFault } from '../../key-names.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';
import { childKey, KEYS } from '../../tables.js';

type RenameKeysArgs = NonNullable<OMRequest['renameKeysRequest']>['renameKeysArgs'];
type Pair = NonNullable<RenameKeysArgs['renameKeysMap']>[number];

function asked(request: OMRequest): RenameKeysArgs {
  return request.renameKeysRequest?.renameKeysArgs ?? { volumeName: '', bucketName: '' };
}

export const renameKeys: WriteCommand = {
  type: hadoop.ozone.Type.RenameKeys,
  readClass: 'leader-only',

  validate: (request) => emptyNameFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) =>
      (asked(request).renameKeysMap ?? []).flatMap(({ fromKeyName, toKeyName }) =>
        space.renameLocks(view, bucket, { from: fromKeyName, to: toKeyName }),
      ),
    ),

  plan(view, request, context) {
    const target = targetOf(view, asked(request));
    if (isRefusal(target)) return { operations: [], answer: target };
    if (target.bucket.tree) {
      return refusedPlan(Status.NOT_SUPPORTED_OPERATION, 'RenameKeys is for flat buckets only');
    }
    const keys = new RenamedKeys(view, target.bucket);
    const unrenamed = (asked(request).renameKeysMap ?? []).filter((pair) => !keys.rename(pair, context));
    return { operations: keys.operations(), answer: answer(unrenamed) };
  },
};

/** The keys of a bucket with the renames of one list carried out one after the other. */
class RenamedKeys {
  readonly #view: StateView;
  readonly #bucketId: bigint;
  /** What the names that were touched stand for by now; undefined = nothing. */
  readonly #keys = new Map<string, KeyInfo | undefined>();

  constructor(view: StateView, { objectId }: Bucket) {
    this.#view = view;
    this.#bucketId = objectId;
  }

  /** Whether it could be done. */
  rename({ fromKeyName, toKeyName }: Pair, context: PlanContext): boolean {
    if (fromKeyName === '' || toKeyName === '' || this.#key(toKeyName) !== undefined) return false;
    if ((reservedNameFault(toKeyName) ?? nameFault(toKeyName)) !== undefined) return false;
    const info = this.#key(fromKeyName);
    if (info === undefined) return false;
    this.#keys.set(fromKeyName, undefined);
    this.#keys.set(toKeyName, renamed(info, toKeyName, context));
    return true;
  }

  operations(): Operation[] {
    return [...this.#keys].map(([name, info]) => {
      const key = childKey(this.#bucketId, name);
      return info === undefined ? { kind: 'delete', table: KEYS, key } : putKey(KEYS, key, info);
    });
  }

  #key(name: string): KeyInfo | undefined {
    return this.#keys.has(name) ? this.#keys.get(name) : getKey(this.#view, KEYS, childKey(this.#bucketId, name));
  }
}

function answer(unRenamedKeys: Pair[]): Answer {
  const status = unRenamedKeys.length === 0;
  const renameKeysResponse = { status, unRenamedKeys };
  if (status) return ok({ renameKeysResponse });
  const message = `${unRenamedKeys.length} keys could not be renamed`;
  return { status: Status.PARTIAL_RENAME, message, body: { renameKeysResponse } };
}
