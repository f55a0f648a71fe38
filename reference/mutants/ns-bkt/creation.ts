/** Buckets that are created wrongly, or not refused (NS-BKT-1, NS-BKT-2, NS-BKT-4). */
import { hadoop } from '#proto';
import { refusal, Status } from '../../namespace/answers.js';
import type { OMRequest } from '../../namespace/command.js';
import type { BucketInfo } from '../../namespace/records.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { blindTo, withWrite } from '../wrapped.js';

const { CreateBucket } = hadoop.ozone.Type;

/** Creates what the changed request asks for. */
function creating(right: NodeParts, change: (asked: BucketInfo) => Partial<BucketInfo>): NodeParts {
  return withWrite(right, CreateBucket, (command) => ({
    plan: (view, request, context) => command.plan(view, changed(request, change), context),
  }));
}

function changed(request: OMRequest, change: (asked: BucketInfo) => Partial<BucketInfo>): OMRequest {
  const asked = request.createBucketRequest?.bucketInfo;
  if (asked === undefined) return request;
  return {
    ...request,
    createBucketRequest: { ...request.createBucketRequest, bucketInfo: { ...asked, ...change(asked) } },
  };
}

export const BUCKET_CREATION: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-bkt-1-one-layout-for-all',
    wrong: 'Every bucket has the layout of the server.',
    breaks: { 'NS-BKT-1': 'bucket-layout' },
    parts: (right) => creating(right, () => ({ bucketLayout: hadoop.ozone.BucketLayoutProto.OBJECT_STORE })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-1-quota-through-a-double',
    wrong: 'The quota of bytes of a new bucket passes through a floating-point number.',
    breaks: { 'NS-BKT-1': 'bucket-quota' },
    parts: (right) =>
      creating(right, ({ quotaInBytes }) => ({
        quotaInBytes: quotaInBytes == null ? quotaInBytes : BigInt.asIntN(64, BigInt(Number(quotaInBytes))),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-1-versioning-forgotten',
    wrong: 'Whether a new bucket keeps versions is not stored.',
    breaks: { 'NS-BKT-1': 'bucket-versioning' },
    parts: (right) => creating(right, () => ({ isVersionEnabled: false })),
  },
  {
    kind: 'patch',
    id: 'ns-bkt-1-the-id-of-its-volume',
    wrong: 'A bucket has the objectID of its volume.',
    breaks: { 'NS-BKT-1': 'object-id-new' },
    file: 'reference/namespace/commands/bucket/create-bucket.ts',
    search: 'objectID: context.objectId,',
    replace: 'objectID: volume.objectId,',
  },
  {
    kind: 'policy',
    id: 'ns-bkt-2-refused-and-replaced',
    wrong: 'Creating a bucket that is there says so, and replaces it all the same.',
    breaks: { 'NS-BKT-2': 'bucket-unchanged' },
    parts: (right) =>
      withWrite(right, CreateBucket, (command) => ({
        plan: (view, request, context) => ({
          operations: command.plan(blindTo(view, 'bucket'), request, context).operations,
          answer: command.plan(view, request, context).answer,
        }),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-2-alike-is-done',
    wrong: 'Creating a bucket again in the layout that it has counts as done.',
    breaks: { 'NS-BKT-2': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateBucket, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          const layout = request.createBucketRequest?.bucketInfo.bucketLayout;
          return plan.answer.status === Status.BUCKET_ALREADY_EXISTS &&
            layout === hadoop.ozone.BucketLayoutProto.OBJECT_STORE
            ? { operations: [], answer: { ...plan.answer, status: Status.OK } }
            : plan;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-2-limits-before-presence',
    wrong: 'What a request asks for is held against its volume before it is seen that the bucket is there.',
    breaks: { 'NS-BKT-2': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateBucket, (command) => ({
        plan: (view, request, context) => {
          const alone = command.plan(blindTo(view, 'bucket'), request, context);
          return alone.answer.status === Status.OK ? command.plan(view, request, context) : alone;
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-bkt-4-two-letters-are-enough',
    wrong: 'A name of two characters is taken.',
    breaks: { 'NS-BKT-4': 'answer-status' },
    file: 'reference/namespace/names.ts',
    search: 'const MIN_LENGTH = 3;',
    replace: 'const MIN_LENGTH = 2;',
  },
  {
    kind: 'policy',
    id: 'ns-bkt-4-links-by-any-name',
    wrong: 'The name of a link is not looked at.',
    breaks: { 'NS-BKT-4': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateBucket, (command) => ({
        validate: (request) => {
          const refused = command.validate?.(request);
          const isLink = request.createBucketRequest?.bucketInfo.sourceBucket != null;
          return isLink && refused?.status === Status.INVALID_BUCKET_NAME ? undefined : refused;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-4-the-status-of-volumes',
    wrong: 'A bad name of a bucket is refused as that of a volume.',
    breaks: { 'NS-BKT-4': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateBucket, (command) => ({
        validate: (request) => {
          const refused = command.validate?.(request);
          return refused?.status === Status.INVALID_BUCKET_NAME
            ? refusal(Status.INVALID_VOLUME_NAME, 'the name is not valid')
            : refused;
        },
      })),
  },
];
