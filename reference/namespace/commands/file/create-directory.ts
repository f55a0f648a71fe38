/** CreateDirectory: makes a directory and the parents that it lacks, all in one entry; one that is there stays as it is (NS-FSO-1). */
import { hadoop } from '#proto';
import { aclFault } from '../../acls.js';
import { ok, refusal, refusedPlan, Status } from '../../answers.js';
import { isRefusal } from '../../bucket-of.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { filesOf } from '../../files-of.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { nameFault, reservedNameFault } from '../../key-names.js';
import { emptyNameFault, targetLocks, targetOf } from '../../key-target.js';
import { addToUsage, usageFault } from '../../usage.js';

function asked(request: OMRequest): KeyArgs {
  return request.createDirectoryRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const createDirectory: WriteCommand = {
  type: hadoop.ozone.Type.CreateDirectory,
  readClass: 'leader-only',

  validate(request) {
    const args = asked(request);
    const fault = aclFault(args.acls ?? []);
    return emptyNameFault(args) ?? (fault === undefined ? undefined : refusal(Status.INVALID_REQUEST, fault));
  },

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ bucket }) => filesOf(bucket).locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const args = asked(request);
    const target = targetOf(view, args);
    if (isRefusal(target)) return { operations: [], answer: target };
    const reserved = reservedNameFault(args.keyName);
    if (reserved !== undefined) return { operations: [], answer: reserved };
    if (args.keyName === '') {
      return refusedPlan(Status.CANNOT_CREATE_DIRECTORY_AT_ROOT, 'The root is there in any case');
    }
    const fault = nameFault(args.keyName);
    if (fault !== undefined) return { operations: [], answer: fault };
    const { bucket } = target;
    const made = filesOf(bucket).newDirectories(view, { args, bucket, context });
    if (isRefusal(made)) return { operations: [], answer: made };
    const entries = BigInt(made.count);
    const full = usageFault(view, bucket.info, { entries });
    if (full !== undefined) return refusedPlan(full.status, full.message);
    return {
      operations: [...made.operations, ...addToUsage(bucket.objectId, { entries })],
      answer: ok({ createDirectoryResponse: {} }),
    };
  },
};
