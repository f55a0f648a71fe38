/** RenameKey: gives a committed key another name in its bucket (NS-KEY-7). A target that exists is refused before a missing source. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { nameFault, reservedNameFault } from '../../key-names.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';

function asked(request: OMRequest): KeyArgs & { readonly toKeyName: string } {
  const { keyArgs, toKeyName } = request.renameKeyRequest ?? { keyArgs: NO_KEY_ARGS, toKeyName: '' };
  return { ...keyArgs, toKeyName };
}

export const renameKey: WriteCommand = {
  type: hadoop.ozone.Type.RenameKey,
  readClass: 'leader-only',

  validate: (request) => emptyNameFault(asked(request)),

  locks(view, request) {
    const { keyName, toKeyName, ...names } = asked(request);
    return targetLocks(view, names, ({ space, bucket }) =>
      space.renameLocks(view, bucket, { from: keyName, to: toKeyName }),
    );
  },

  plan(view, request, context) {
    const { keyName, toKeyName, ...names } = asked(request);
    const target = targetOf(view, names);
    if (isRefusal(target)) return { operations: [], answer: target };
    const reserved = reservedNameFault(toKeyName);
    if (reserved !== undefined) return { operations: [], answer: reserved };
    const { space, bucket } = target;
    const operations = space.rename(view, bucket, { from: keyName, to: toKeyName }, context);
    if (isRefusal(operations)) return { operations: [], answer: operations };
    // Last, as upstream: an old or new name that is no path, and a source that is missing, are named first.
    const fault = nameFault(toKeyName);
    if (fault !== undefined) return { operations: [], answer: fault };
    return { operations, answer: ok({ renameKeyResponse: {} }) };
  },
};
