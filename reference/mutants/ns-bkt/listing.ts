/** Listings of buckets with wrong pages (NS-BKT-6). */
import { hadoop } from '#proto';
import { ok } from '../../namespace/answers.js';
import type { Answer, OMRequest } from '../../namespace/command.js';
import type { BucketInfo } from '../../namespace/records.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { withRead } from '../wrapped.js';

const { ListBuckets } = hadoop.ozone.Type;
type Asked = NonNullable<OMRequest['listBucketsRequest']>;

function asking(request: OMRequest, change: Partial<Asked>): OMRequest {
  const { listBucketsRequest } = request;
  return listBucketsRequest == null
    ? request
    : { ...request, listBucketsRequest: { ...listBucketsRequest, ...change } };
}

function listed(answer: Answer): BucketInfo[] {
  return answer.body.listBucketsResponse?.bucketInfo ?? [];
}

/** Answers what the right command shows, changed. */
function showing(right: NodeParts, change: (buckets: BucketInfo[], asked: Asked) => BucketInfo[]): NodeParts {
  return withRead(right, ListBuckets, (command) => ({
    answer: (view, request, context) => {
      const answer = command.answer(view, request, context);
      const asked = request.listBucketsRequest;
      return asked == null || answer.body.listBucketsResponse == null
        ? answer
        : ok({ listBucketsResponse: { bucketInfo: change(listed(answer), asked) } });
    },
  }));
}

export const BUCKET_LISTING: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-bkt-6-start-key-instead-of-prefix',
    wrong: 'A page that has a startKey passes over the prefix.',
    breaks: { 'NS-BKT-6': 'listing-content' },
    parts: (right) =>
      withRead(right, ListBuckets, (command) => ({
        answer: (view, request, context) =>
          command.answer(
            view,
            request.listBucketsRequest?.startKey ? asking(request, { prefix: '' }) : request,
            context,
          ),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-6-prefix-after-the-count',
    wrong: 'A page is filled up to its count first, and the prefix held against what is on it.',
    breaks: { 'NS-BKT-6': 'listing-content' },
    parts: (right) =>
      withRead(right, ListBuckets, (command) => ({
        answer: (view, request, context) => {
          const prefix = request.listBucketsRequest?.prefix ?? '';
          const answer = command.answer(view, asking(request, { prefix: '' }), context);
          if (answer.body.listBucketsResponse == null) return answer;
          const bucketInfo = listed(answer).filter(({ bucketName }) => bucketName.startsWith(prefix));
          return ok({ listBucketsResponse: { bucketInfo } });
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-6-one-too-many',
    wrong: 'A page holds one bucket more than was asked for.',
    breaks: { 'NS-BKT-6': 'page-size' },
    parts: (right) =>
      withRead(right, ListBuckets, (command) => ({
        answer: (view, request, context) => {
          const { count } = request.listBucketsRequest ?? {};
          const more = count == null || count > 1000 ? count : count + 1;
          return command.answer(view, asking(request, { count: more }), context);
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-6-dots-before-hyphens',
    wrong: 'A page is in the order of a dictionary, which passes over dots and hyphens.',
    breaks: { 'NS-BKT-6': 'listing-order' },
    parts: (right) => {
      const letters = ({ bucketName }: BucketInfo) => bucketName.replace(/[.-]/g, '');
      return showing(right, (buckets) =>
        buckets.toSorted((a, b) => (letters(a) < letters(b) ? -1 : letters(a) > letters(b) ? 1 : 0)),
      );
    },
  },
  {
    kind: 'policy',
    id: 'ns-bkt-6-records-in-short',
    wrong: 'A listing shows names and ids of buckets, and not what else they are.',
    breaks: { 'NS-BKT-6': 'listed-as-read' },
    parts: (right) => showing(right, (buckets) => buckets.map((bucket) => ({ ...bucket, acls: [] }))),
  },
];
