/** Buckets that keep to other limits than theirs (NS-QTA-2). */
import { hadoop } from '#proto';
import { refusedPlan, Status } from '../../namespace/answers.js';
import { bucketOf, isRefusal } from '../../namespace/bucket-of.js';
import { usageFault } from '../../namespace/usage.js';
import type { StateView } from '../../storage/state-store.js';
import { decode, encode } from '../../wire/plain.js';
import type { Mutant } from '../mutant.js';
import { withWrite } from '../wrapped.js';

const { BucketInfo, Type } = hadoop.ozone;
const { CreateDirectory, RenameKey } = Type;

/** The state with buckets that have no limit of names. */
function unlimited(view: StateView): StateView {
  return {
    get: (table, key) => {
      const value = view.get(table, key);
      if (table !== 'bucket' || value === undefined) return value;
      return encode(BucketInfo, { ...decode(BucketInfo, value), quotaInNamespace: -1n });
    },
    scan: (table, range) => view.scan(table, range),
  };
}

export const QUOTAS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-qta-2-one-more-fits',
    wrong: 'A bucket takes one name, or byte, more than its quota.',
    breaks: { 'NS-QTA-2': 'answer-status' },
    file: 'reference/namespace/usage.ts',
    search: 'added[kind] === undefined || would <= limits[kind]',
    replace: 'added[kind] === undefined || would <= limits[kind] + 1n',
  },
  {
    kind: 'patch',
    id: 'ns-qta-2-parents-pass',
    wrong: 'The directories that a key needs are not held against the quota.',
    breaks: { 'NS-QTA-2': 'answer-status' },
    file: 'reference/namespace/sessions.ts',
    search: 'entries: BigInt(place.newParents) + 1n, bytes',
    replace: 'entries: 1n, bytes',
  },
  {
    kind: 'policy',
    id: 'ns-qta-2-refused-and-made',
    wrong: 'A directory that is above the quota is refused, and made all the same.',
    breaks: { 'NS-QTA-2': 'bucket-unchanged' },
    parts: (right) =>
      withWrite(right, CreateDirectory, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.QUOTA_EXCEEDED
            ? { ...plan, operations: command.plan(unlimited(view), request, context).operations }
            : plan;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-qta-2-a-rename-needs-room',
    wrong: 'A key is renamed only where there is room for another one.',
    breaks: { 'NS-QTA-2': 'answer-status' },
    parts: (right) =>
      withWrite(right, RenameKey, (command) => ({
        plan: (view, request, context) => {
          const { volumeName = '', bucketName = '' } = request.renameKeyRequest?.keyArgs ?? {};
          const bucket = bucketOf(view, volumeName, bucketName);
          const fault = isRefusal(bucket) ? undefined : usageFault(view, bucket.info, { entries: 1n });
          return fault === undefined ? command.plan(view, request, context) : refusedPlan(fault.status, fault.message);
        },
      })),
  },
];
