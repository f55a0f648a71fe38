/** DeleteKey: removes one committed key (NS-KEY-5); a session that is open over it goes on, as upstream. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { reservedNameFault } from '../../key-names.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';
import { freeUsage } from '../../usage.js';

function asked(request: OMRequest): KeyArgs {
  return request.deleteKeyRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const deleteKey: WriteCommand = {
  type: hadoop.ozone.Type.DeleteKey,
  readClass: 'leader-only',

  validate: (request) => emptyNameFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.removalLocks(view, bucket, asked(request).keyName)),

  plan(view, request) {
    const args = asked(request);
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const reserved = reservedNameFault(args.keyName);
    if (reserved !== undefined) return { operations: [], answer: reserved };
    const { space, bucket } = target;
    const removal = space.remove(view, bucket, args.keyName, args.recursive === true);
    if (isRefusal(removal)) return { operations: [], answer: removal };
    return {
      operations: [...removal.operations, ...freeUsage(bucket.objectId, removal.freed)],
      answer: ok({ deleteKeyResponse: {} }),
    };
  },
};
