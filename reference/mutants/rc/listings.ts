/** Listings that are older than the read that asks for them, or less than whole, at followers alone (RC-5). */
import { hadoop } from '#proto';
import type { Answer } from '../../namespace/command.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { withRead } from '../wrapped.js';

const { ListBuckets, ListKeysLight, ListStatus } = hadoop.ozone.Type;

export const FOLLOWER_LISTINGS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'rc-5-page-of-an-older-snapshot',
    wrong: 'A follower goes on listing from the snapshot that it opened for the listing before.',
    breaks: { 'RC-5': 'listed-after' },
    parts: (right) => {
      const pages = new Map<string, Answer>();
      return atFollowers(right, ListKeysLight, (answer, asked) => {
        const older = pages.get(asked);
        pages.set(asked, answer);
        return older ?? answer;
      });
    },
  },
  {
    kind: 'policy',
    id: 'rc-5-newest-bucket-missing',
    wrong: 'A follower reads one bucket at a time behind the others, and leaves out the one that was made last.',
    breaks: { 'RC-5': 'listed-after' },
    parts: (right) =>
      atFollowers(right, ListBuckets, (answer) => {
        const buckets = answer.body.listBucketsResponse?.bucketInfo ?? [];
        const newest = buckets.reduce((most, { objectID }) => ((objectID ?? 0n) > most ? (objectID ?? 0n) : most), 0n);
        const bucketInfo = buckets.filter(({ objectID }) => objectID !== newest);
        return { ...answer, encoded: undefined, body: { listBucketsResponse: { bucketInfo } } };
      }),
  },
  {
    kind: 'policy',
    id: 'rc-5-deleted-file-listed',
    wrong:
      'A follower shows a file once more after it was deleted, because its cache of directories is emptied by that.',
    breaks: { 'RC-5': 'listed-after' },
    parts: (right) => {
      const before = new Map<string, readonly unknown[]>();
      return atFollowers(right, ListStatus, (answer, asked) => {
        const statuses = answer.body.listStatusResponse?.statuses ?? [];
        const had = (before.get(asked) ?? []) as typeof statuses;
        before.set(asked, statuses);
        const names = new Set(statuses.map(({ keyInfo }) => keyInfo?.keyName));
        const gone = had.filter(({ keyInfo }) => !names.has(keyInfo?.keyName));
        return { ...answer, encoded: undefined, body: { listStatusResponse: { statuses: [...statuses, ...gone] } } };
      });
    },
  },
];

/** The answers of one kind of read, changed where this node does not lead. */
function atFollowers(
  right: NodeParts,
  type: hadoop.ozone.Type,
  change: (answer: Answer, asked: string) => Answer,
): NodeParts {
  let leads = false;
  const noticing: NodeParts = {
    ...right,
    routeRead: (view) => {
      leads = view.leader;
      return right.routeRead(view);
    },
  };
  return withRead(noticing, type, (command) => ({
    answer: (view, request, context) => {
      const answer = command.answer(view, request, context);
      if (leads) return answer;
      const { clientId: _, ...asked } = request;
      return change(
        answer,
        JSON.stringify(asked, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
      );
    },
  }));
}
