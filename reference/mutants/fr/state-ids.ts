/** Answers that say nothing of the state behind them, too little, or too much (FR-STATE-1 to FR-STATE-5, FR-STATE-7). */
import type { Mutant } from '../mutant.js';
import { ANSWERED, NEW_CALL, OM_SERVICE, REFUSED, TOLD, telling } from './told-ids.js';

const RUNTIME = 'reference/node/runtime.ts';
const HEARD = 'const seen = options.followerReads === undefined ? undefined : stateIdOf(grpc);';

export const STATE_IDS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-state-1-only-with-success',
    wrong: 'Who is refused with a gRPC status is told no state id.',
    breaks: { 'FR-STATE-1': 'state-id-carried' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `trailers.remove(STATE_ID); ${REFUSED}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-1-not-with-business-failures',
    wrong: 'An answer with a status other than OK carries no state id.',
    breaks: { 'FR-STATE-1': 'state-id-carried' },
    file: OM_SERVICE,
    search: ANSWERED,
    replace: `${ANSWERED} if (!response.success) trailers.remove(STATE_ID);`,
  },
  {
    kind: 'patch',
    id: 'fr-state-1-not-with-malformed-ids',
    wrong: 'Who sends a malformed state id is told none.',
    breaks: { 'FR-STATE-1': 'state-id-carried' },
    file: OM_SERVICE,
    search: 'const metadata = trailersOf(options);',
    replace: 'const metadata = trailersOf(options); metadata.remove(STATE_ID);',
  },
  {
    kind: 'patch',
    id: 'fr-state-1-not-with-who-may-come-again',
    wrong: 'Who asks for more than the node has, and is to come again, is told no state id.',
    breaks: { 'FR-STATE-1': 'state-id-carried' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `if (refusal.kind === 'retriable') trailers.remove(STATE_ID); ${REFUSED}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-2-taken-on-arrival',
    wrong: 'The state id of an answer is the one of when the request came: before the write that it asks for.',
    breaks: { 'FR-STATE-2': 'volume-owner' },
    file: OM_SERVICE,
    search: NEW_CALL,
    replace: telling('((before) => () => before)(own())'),
  },
  {
    kind: 'patch',
    id: 'fr-state-2-nothing-changed-nothing-told',
    wrong: 'A write that is refused, and so changed nothing, is told the id of an empty state.',
    breaks: { 'FR-STATE-2': 'id-covers' },
    file: OM_SERVICE,
    search: ANSWERED,
    replace: `${ANSWERED} if (!response.success) trailers.set(STATE_ID, 'main:0');`,
  },
  {
    kind: 'patch',
    id: 'fr-state-2-one-entry-short',
    wrong: 'An answer tells the entry before the last that is applied.',
    breaks: { 'FR-STATE-2': 'volume-owner' },
    file: RUNTIME,
    search: TOLD,
    replace: 'return new Map([[replica.group, BigInt(Math.max(0, replica.parts.stateIndex(replica) - 1))]]);',
  },
  {
    kind: 'policy',
    id: 'fr-state-3-every-other-from-before',
    wrong: 'Every other answer tells the id of before the last entry.',
    breaks: { 'FR-STATE-3': 'id-order' },
    parts: (right) => {
      let answers = 0;
      return { ...right, stateIndex: (progress) => right.stateIndex(progress) - (answers++ % 2) };
    },
  },
  {
    kind: 'policy',
    id: 'fr-state-3-wraps',
    wrong: 'The state id is counted in a few bits, and begins again when they are full.',
    breaks: { 'FR-STATE-3': 'id-order' },
    parts: (right) => ({ ...right, stateIndex: (progress) => right.stateIndex(progress) % 16 }),
  },
  {
    kind: 'policy',
    id: 'fr-state-4-committed',
    wrong: 'A node tells what it knows to be committed, which it may not have applied.',
    breaks: { 'FR-STATE-4': 'id-not-ahead' },
    parts: (right) => ({ ...right, stateIndex: (progress) => progress.commitIndex() }),
  },
  {
    kind: 'patch',
    id: 'fr-state-4-end-of-the-log',
    wrong: 'A node tells the end of its log, as HDFS does at its active node: nobody may ever commit that.',
    breaks: { 'FR-STATE-4': 'id-covers' },
    file: RUNTIME,
    search: TOLD,
    replace: 'return new Map([[replica.group, BigInt(replica.raft.position().lastIndex)]]);',
  },
  {
    kind: 'patch',
    id: 'fr-state-5-learnt-from-clients',
    wrong: 'A node tells everybody the greatest id that any client ever sent.',
    breaks: { 'FR-STATE-5': 'id-not-invented' },
    file: OM_SERVICE,
    search: NEW_CALL,
    replace: `const shared = globalThis as { greatest?: bigint };
      const sent = seen?.vector.get('main') ?? 0n;
      if (sent > (shared.greatest ?? 0n)) shared.greatest = sent;
      const greatest = shared.greatest ?? 0n;
      ${telling("() => new Map([['main', greatest > (own().get('main') ?? 0n) ? greatest : (own().get('main') ?? 0n)]])")}`,
  },
  {
    kind: 'policy',
    id: 'fr-state-5-waits-for-what-others-saw',
    wrong: 'A read waits for the greatest id that any client has sent to its node.',
    breaks: { 'FR-STATE-5': 'volume-owner' },
    parts: (right) => {
      let greatest = 0n;
      return {
        ...right,
        routeRead: (view) => {
          if (view.seen === undefined) return right.routeRead(view);
          if (view.seen > greatest) greatest = view.seen;
          return right.routeRead({ ...view, seen: greatest });
        },
      };
    },
  },
  {
    kind: 'patch',
    id: 'fr-state-7-sent-though-off',
    wrong: 'State ids are sent, and heard, though the feature is off.',
    breaks: { 'FR-STATE-7': 'no-state-id' },
    file: RUNTIME,
    search: 'followerReads: options.configuration.reads.followerReads',
    replace: 'followerReads: options.configuration.tickMs > 0',
  },
  {
    kind: 'patch',
    id: 'fr-state-7-malformed-refused-though-off',
    wrong: 'A node that takes no part in follower reads refuses a malformed state id.',
    breaks: { 'FR-STATE-7': 'volume-owner' },
    file: OM_SERVICE,
    search: HEARD,
    replace: `const heard = stateIdOf(grpc);
      const seen = options.followerReads === undefined && heard !== undefined && 'vector' in heard ? undefined : heard;`,
  },
  {
    kind: 'patch',
    id: 'fr-state-7-followers-serve-though-off',
    wrong: 'A follower with the feature off answers a read whose id it has applied.',
    breaks: { 'FR-STATE-7': 'refusal-class' },
    file: OM_SERVICE,
    search: HEARD,
    replace: `const heard = stateIdOf(grpc);
      const seen = options.followerReads === undefined && heard !== undefined && 'wrong' in heard ? undefined : heard;`,
  },
];
