/** Links that lead elsewhere, or nowhere (NS-BKT-9). */
import type { Mutant } from '../mutant.js';

export const LINKS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-bkt-9-one-step-only',
    wrong: 'A link to a link ends at the second link, which then has keys of its own.',
    breaks: { 'NS-BKT-9': 'key-content' },
    file: 'reference/namespace/bucket-of.ts',
    search: 'if (info.sourceVolume == null || info.sourceBucket == null) return',
    replace: 'if (passed.size > 0 || info.sourceVolume == null || info.sourceBucket == null) return',
  },
  {
    kind: 'patch',
    id: 'ns-bkt-9-a-loop-leads-nowhere',
    wrong: 'A loop of links counts as a bucket that is not there.',
    breaks: { 'NS-BKT-9': 'answer-status' },
    file: 'reference/namespace/bucket-of.ts',
    search: 'refusal(Status.DETECTED_LOOP_IN_BUCKET_LINKS, message)',
    replace: 'refusal(Status.BUCKET_NOT_FOUND, message)',
  },
  {
    kind: 'patch',
    id: 'ns-bkt-9-limits-of-its-own',
    wrong: 'A link shows the limit of names that it was made with, none, and not that of its source.',
    breaks: { 'NS-BKT-9': 'bucket-quota' },
    file: 'reference/namespace/bucket-answer.ts',
    search: 'quotaInNamespace: source.quotaInNamespace,',
    replace: 'quotaInNamespace: link.quotaInNamespace,',
  },
];
