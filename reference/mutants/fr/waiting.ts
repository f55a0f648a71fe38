/** Reads that wait for too little, too long, in each other's way, or unseen (FR-QUEUE). */
import type { Mutant } from '../mutant.js';
import { behindThoseThatWait, FULL, handlers, READ_PATH, RELEASED, ROUTED } from './read-path.js';

const REPLICA = 'reference/node/replica.ts';
const EARLIER = 'return left.index < right.index || (left.index === right.index && left.order < right.order);';
const GONE = `view.counters.dropped_reads++;
      this.#settle(read);`;
const ENDED = 'for (const read of this.#open) this.#refuse(read, refusal);';
const ANSWERED = 'this.#settle(read); this.#answer(read.call, read.command, undefined)';

export const WAITING: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'fr-queue-1-committed-is-enough',
    wrong: 'A read waits until its node knows that the entry is committed, and is answered from what is applied.',
    breaks: { 'FR-QUEUE-1': 'waits' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => right.routeRead({ ...view, appliedIndex: view.commitIndex }),
    }),
  },
  {
    kind: 'patch',
    id: 'fr-queue-1-any-apply-will-do',
    wrong: 'The next apply answers whatever waits.',
    breaks: { 'FR-QUEUE-1': 'waits' },
    file: READ_PATH,
    search: RELEASED,
    replace: `for (const read of [...released, ...this.#waiting.drain()]) { ${ANSWERED}; }`,
  },
  {
    kind: 'policy',
    id: 'fr-queue-1-a-lease-knows-no-floor',
    wrong: 'A follower with a lease answers by it, whatever the client has seen.',
    breaks: { 'FR-QUEUE-1': 'waits' },
    parts: (right) => ({
      ...right,
      routeRead: (view) =>
        right.routeRead(view.hint.consistency === 'local-lease' ? { ...view, seen: undefined } : view),
    }),
  },
  {
    kind: 'patch',
    id: 'fr-queue-1-one-entry-short',
    wrong: 'A follower answers a read when it is one entry behind it.',
    breaks: { 'FR-QUEUE-1': 'waits' },
    file: 'reference/reads/above-floor.ts',
    search: 'seen <= BigInt(appliedIndex)',
    replace: 'seen <= BigInt(appliedIndex) + 1n',
  },
  {
    kind: 'patch',
    id: 'fr-queue-2-first-come-first-answered',
    wrong: 'A read stands behind those that came before it and wait.',
    breaks: { 'FR-QUEUE-2': 'volume-owner' },
    file: READ_PATH,
    search: ROUTED,
    replace: behindThoseThatWait('true'),
  },
  {
    kind: 'patch',
    id: 'fr-queue-2-busy-with-waiting',
    wrong: 'A node at which many reads wait takes no call until they are answered.',
    breaks: { 'FR-QUEUE-2': 'volume-owner' },
    file: READ_PATH,
    search: ROUTED,
    replace: handlers(100),
  },
  {
    kind: 'patch',
    id: 'fr-queue-3-looks-all-the-time',
    wrong: 'A node looks at the reads that wait in each turn, whether or not anything was applied, as HDFS does.',
    breaks: { 'FR-QUEUE-3': 'counted' },
    file: REPLICA,
    search: 'if (this.position.index !== this.#readIndex) {',
    replace: 'if (this.position.index >= this.#readIndex) {',
  },
  {
    kind: 'patch',
    id: 'fr-queue-3-looks-later',
    wrong: 'A node looks at the reads that wait some time after it has applied something.',
    breaks: { 'FR-QUEUE-3': 'released-in-time' },
    file: REPLICA,
    search: 'this.reads.applied();',
    // After the last of them: what was applied before must not have it look in time.
    replace: `const late = this as unknown as { forget?: () => void };
      late.forget?.();
      late.forget = this.clock.after(2000, () => {
        this.reads.applied();
        this.wake();
      });`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-3-all-are-looked-at',
    wrong: 'A node that hears of anything looks at every read that waits.',
    breaks: { 'FR-QUEUE-3': 'counted' },
    file: READ_PATH,
    search: 'answerDue(): void {',
    replace: `answerDue(): void {
    for (const read of this.#open) if (this.#waiting.indexOf(read) !== undefined) this.#view.counters.wait_rechecks++;`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-4-one-for-each-apply',
    wrong: 'An apply answers one of the reads that it satisfies; the others wait for the next.',
    breaks: { 'FR-QUEUE-4': 'answer-status' },
    file: READ_PATH,
    search: RELEASED,
    replace: `released.forEach((read, at) => {
      if (at === 0) this.#due.push(read);
      else this.#waiting.add(position.index + 1, read);
    });`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-4-the-newest-first',
    wrong: 'Of the reads that wait only the newest is looked at.',
    breaks: { 'FR-QUEUE-4': 'volume-owner' },
    file: 'reference/node/waiting-reads.ts',
    search: EARLIER,
    replace: 'return left.order > right.order;',
  },
  {
    kind: 'patch',
    id: 'fr-queue-4-the-oldest-first',
    wrong: 'Of the reads that wait only the oldest is looked at.',
    breaks: { 'FR-QUEUE-4': 'volume-owner' },
    file: 'reference/node/waiting-reads.ts',
    search: EARLIER,
    replace: 'return left.order < right.order;',
  },
  {
    kind: 'patch',
    id: 'fr-queue-5-for-ever',
    wrong: 'A read waits without a time-out, as in HDFS.',
    breaks: { 'FR-QUEUE-5': 'refusal-class' },
    file: READ_PATH,
    search: 'read.deadlines.add(read, view.clock.monotonicMs());',
    replace: '',
  },
  {
    kind: 'patch',
    id: 'fr-queue-5-answered-in-the-end',
    wrong: 'A read whose time is over is answered with what the follower has.',
    breaks: { 'FR-QUEUE-5': 'refusal-class' },
    file: READ_PATH,
    search: 'this.#refuse(read, notCaughtUpInTime(this.#view, read.seen));',
    replace: `void notCaughtUpInTime; ${ANSWERED};`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-5-as-if-nobody-led',
    wrong: 'A read whose time is over is refused as one that no leader confirms.',
    breaks: { 'FR-QUEUE-5': 'refusal-class' },
    file: READ_PATH,
    search: 'this.#refuse(read, notCaughtUpInTime(this.#view, read.seen));',
    replace: 'void notCaughtUpInTime; this.#refuse(read, unconfirmedInTime(this.#view, undefined));',
  },
  {
    kind: 'patch',
    id: 'fr-queue-5-anew-with-each-apply',
    wrong: 'A read may wait as long as its node goes on applying.',
    breaks: { 'FR-QUEUE-5': 'wait-bounded' },
    file: READ_PATH,
    search: 'if (this.#waiting.size === 0) return;',
    replace: `if (this.#waiting.size === 0) return;
    for (const read of this.#open) {
      read.deadlines.remove(read);
      read.deadlines.add(read, this.#view.clock.monotonicMs() + 20_000);
    }`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-without-bound',
    wrong: 'Any number of reads may wait.',
    breaks: { 'FR-QUEUE-6': 'waits' },
    file: READ_PATH,
    search: FULL,
    replace: 'if (this.#open.size >= 1000 * view.configuration.maxWaitingReads) {',
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-one-too-many',
    wrong: 'One read more may wait than is configured.',
    breaks: { 'FR-QUEUE-6': 'waits' },
    file: READ_PATH,
    search: FULL,
    replace: 'if (this.#open.size > view.configuration.maxWaitingReads) {',
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-closed-to-all',
    wrong: 'A node at which as many reads wait as may refuses those too that need not.',
    breaks: { 'FR-QUEUE-6': 'volume-owner' },
    file: READ_PATH,
    search: ROUTED,
    replace: `    if (this.#open.size >= this.#view.configuration.maxWaitingReads) {
      refuse(call, readRefusal(this.#view, 'queue-full'));
      return;
    }
${ROUTED}`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-places-are-kept',
    wrong: 'A read that was answered keeps its place.',
    breaks: { 'FR-QUEUE-6': 'waits', 'FR-QUEUE-8': 'waiting-count' },
    file: READ_PATH,
    search: 'this.#open.delete(read);',
    replace: `this.#open.delete(read);
    if (!('kept' in read)) {
      const call = { reply: () => undefined } as unknown as OmCall;
      this.#open.add({ ...read, call, kept: true } as OpenRead);
    }`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-7-waits-for-nobody',
    wrong: 'A read waits on when its client is gone, and keeps its place, as in HDFS.',
    breaks: { 'FR-QUEUE-7': 'counted' },
    file: READ_PATH,
    search: GONE,
    replace: '',
  },
  {
    kind: 'patch',
    id: 'fr-queue-7-gone-unseen',
    wrong: 'A read whose client is gone leaves its place, and nobody counts it.',
    breaks: { 'FR-QUEUE-7': 'counted' },
    file: READ_PATH,
    search: GONE,
    replace: 'this.#settle(read);',
  },
  {
    kind: 'patch',
    id: 'fr-queue-7-counted-and-kept',
    wrong: 'A read whose client is gone is counted, and keeps its place until its time is over.',
    breaks: { 'FR-QUEUE-7': 'waits' },
    file: READ_PATH,
    search: GONE,
    replace: 'view.counters.dropped_reads++;',
  },
  {
    kind: 'patch',
    id: 'fr-queue-7-no-farewell-no-leave',
    wrong: 'A read waits on for a client whose connection is lost: only one that takes its leave is gone.',
    breaks: { 'FR-QUEUE-7': 'counted' },
    file: 'reference/service/om-service.ts',
    search: "this.grpc.once('cancelled', listener);",
    replace: `this.grpc.once('cancelled', () => {
      const { call } = this.grpc as unknown as { call: { stream: { session?: { destroyed: boolean } } } };
      if (call.stream.session?.destroyed === false) listener();
    });`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-8-every-read-waited',
    wrong: 'Reads that need not wait are counted as if they had.',
    breaks: { 'FR-QUEUE-8': 'counted' },
    file: READ_PATH,
    search: ROUTED,
    replace: `    this.#view.counters.requeued_reads++;
${ROUTED}`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-8-refused-have-waited',
    wrong: 'A read that is refused at once is counted as one that waited.',
    breaks: { 'FR-QUEUE-8': 'counted' },
    file: READ_PATH,
    search: "if (route.why === 'too-far-behind') this.#view.counters.rejected_reads++;",
    replace: "if (route.why === 'too-far-behind') this.#view.counters.requeued_reads++;",
  },
  {
    kind: 'patch',
    id: 'fr-queue-8-time-outs-unseen',
    wrong: 'Nobody counts reads that ran out of time.',
    breaks: { 'FR-QUEUE-8': 'counted' },
    file: READ_PATH,
    search: `counters.expired_reads++;
      this.#refuse(read, notCaughtUpInTime(`,
    replace: 'this.#refuse(read, notCaughtUpInTime(',
  },
  {
    kind: 'patch',
    id: 'fr-queue-8-refusals-are-not-counted',
    wrong: 'A read that is refused because the node is too far behind is not counted.',
    breaks: { 'FR-QUEUE-8': 'counted' },
    file: READ_PATH,
    search: "if (route.why === 'too-far-behind') this.#view.counters.rejected_reads++;",
    replace: '',
  },
  {
    kind: 'patch',
    id: 'fr-queue-10-ends-for-good',
    wrong: 'A node that stops says of the reads that wait that it failed.',
    breaks: { 'FR-QUEUE-10': 'ended-for-now' },
    file: READ_PATH,
    search: ENDED,
    replace:
      'for (const read of this.#open) { void refusal; this.#settle(read); read.call.fault(new Error("stops")); }',
  },
  {
    kind: 'patch',
    id: 'fr-queue-10-answered-before-it-stops',
    wrong: 'A node that stops answers the reads that wait with what it has, so as not to lose them.',
    breaks: { 'FR-QUEUE-10': 'ended-for-now' },
    file: READ_PATH,
    search: ENDED,
    replace: `for (const read of this.#open) { void refusal; ${ANSWERED}; }`,
  },
];
