/** Buckets that are changed wrongly (NS-BKT-7). */
import { hadoop } from '#proto';
import type { Mutant } from '../mutant.js';
import { withWrite } from '../wrapped.js';

const { SetBucketProperty } = hadoop.ozone.Type;

export const BUCKET_CHANGES: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-bkt-7-unnamed-versioning-is-off',
    wrong: 'A change that does not name versioning turns it off.',
    breaks: { 'NS-BKT-7': 'bucket-rest-kept' },
    file: 'reference/namespace/commands/bucket/set-bucket-property.ts',
    search: '...(args.isVersionEnabled == null ? {} : { isVersionEnabled: args.isVersionEnabled }),',
    replace: 'isVersionEnabled: args.isVersionEnabled ?? false,',
  },
  {
    kind: 'patch',
    id: 'ns-bkt-7-metadata-replaced-whole',
    wrong: 'The metadata of a change takes the place of all that was there.',
    breaks: { 'NS-BKT-7': 'bucket-metadata' },
    file: 'reference/namespace/commands/bucket/set-bucket-property.ts',
    search: 'mergedMetadata(info.metadata ?? [], args.metadata ?? [])',
    replace: '(args.metadata ?? []).length === 0 ? (info.metadata ?? []) : mergedMetadata([], args.metadata ?? [])',
  },
  {
    kind: 'patch',
    id: 'ns-bkt-7-new-owner-without-limits',
    wrong: 'A bucket that is given to another owner loses its quota of names.',
    breaks: { 'NS-BKT-7': 'bucket-rest-kept' },
    file: 'reference/namespace/commands/bucket/set-bucket-property.ts',
    search: 'operations: [putBucket({ ...touched(info, context), owner })],',
    replace: 'operations: [putBucket({ ...touched(info, context), owner, quotaInNamespace: NEVER_SET })],',
  },
  {
    kind: 'policy',
    id: 'ns-bkt-7-the-good-part-of-what-is-refused',
    wrong: 'Of a request that is refused for its quota, the rest is carried out.',
    breaks: { 'NS-BKT-7': 'bucket-unchanged' },
    parts: (right) =>
      withWrite(right, SetBucketProperty, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          const bucketArgs = request.setBucketPropertyRequest?.bucketArgs;
          if (plan.operations.length > 0 || bucketArgs == null) return plan;
          const { quotaInBytes: _bytes, quotaInNamespace: _names, ...rest } = bucketArgs;
          const without = { ...request, setBucketPropertyRequest: { bucketArgs: rest } };
          return { ...plan, operations: command.plan(view, without, context).operations };
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-bkt-7-its-own-share-counts-twice',
    wrong: 'What a bucket has of its volume already counts beside what it is given instead.',
    breaks: { 'NS-BKT-7': 'answer-status' },
    file: 'reference/namespace/commands/bucket/set-bucket-property.ts',
    search: 'if (bucket.bucketName !== bucketName) yield bucket;',
    replace: 'yield bucket;',
  },
];
