/**
 * DeleteKeys: removes of a list of keys those that are there and says which it could not (NS-KEY-6). A name that is listed
 * twice is removed once, and that is no error; a directory goes with all that is in it, as upstream.
 */
import { hadoop } from '#proto';
import { ok, Status } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { Answer, OMRequest, Operation, WriteCommand } from '../../command.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';
import { freeUsage } from '../../usage.js';

type DeleteKeyArgs = NonNullable<NonNullable<OMRequest['deleteKeysRequest']>['deleteKeys']>;

interface Undeleted {
  readonly key: string;
  readonly why: Answer;
}

function asked(request: OMRequest): DeleteKeyArgs {
  return request.deleteKeysRequest?.deleteKeys ?? { volumeName: '', bucketName: '' };
}

function names(request: OMRequest): readonly string[] {
  return [...new Set(asked(request).keys ?? [])];
}

export const deleteKeys: WriteCommand = {
  type: hadoop.ozone.Type.DeleteKeys,
  readClass: 'leader-only',

  validate: (request) => emptyNameFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) =>
      names(request).flatMap((name) => space.removalLocks(view, bucket, name)),
    ),

  plan(view, request) {
    const args = asked(request);
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const { space, bucket } = target;
    const operations: Operation[] = [];
    const undeleted: Undeleted[] = [];
    const removed = new Set<bigint>();
    let [bytes, entries] = [0n, 0n];
    for (const key of names(request)) {
      const removal = space.remove(view, bucket, key, true);
      if (isRefusal(removal)) {
        undeleted.push({ key, why: removal });
        continue;
      }
      if (removed.has(removal.objectId)) continue;
      removed.add(removal.objectId);
      operations.push(...removal.operations);
      bytes += removal.freed.bytes;
      entries += removal.freed.entries;
    }
    return {
      operations: [...operations, ...freeUsage(bucket.objectId, { bytes, entries })],
      answer: answer(args, undeleted),
    };
  },
};

function answer({ volumeName, bucketName }: DeleteKeyArgs, undeleted: readonly Undeleted[]): Answer {
  const status = undeleted.length === 0;
  const deleteKeysResponse = {
    status,
    unDeletedKeys: { volumeName, bucketName, keys: undeleted.map(({ key }) => key) },
    errors: undeleted.map(({ key, why }) => ({
      key,
      errorCode: Status[why.status] ?? '',
      errorMsg: why.message ?? '',
    })),
  };
  if (status) return ok({ deleteKeysResponse });
  const message = `${undeleted.length} keys could not be deleted`;
  return { status: Status.PARTIAL_DELETE, message, body: { deleteKeysResponse } };
}
