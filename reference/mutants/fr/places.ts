/** Reads that wait behind each other, by each other's times, and in places that are counted wrongly (FR-QUEUE-2 to -6, -8). */
import type { Mutant } from '../mutant.js';
import { behindThoseThatWait, FULL, handlers, READ_PATH, RELEASED, ROUTED } from './read-path.js';

const BEGUN = 'read.deadlines.add(read, view.clock.monotonicMs());';

export const PLACES: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-queue-2-confirmed-behind-waiting',
    wrong: 'A read that a leader has confirmed stands behind those that wait for the state.',
    breaks: { 'FR-QUEUE-2': 'volume-owner' },
    file: READ_PATH,
    search: `if (parts.satisfiesRead(index, position.index)) this.#due.push(read);
    else this.#waitFor(read, index);`,
    replace: `if (parts.satisfiesRead(index, position.index) && this.#waiting.size === 0) this.#due.push(read);
    else this.#waitFor(read, Math.max(index, position.index + 1));`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-2-handlers-run-out',
    wrong: 'A node has 256 handlers, and each read that waits holds one.',
    breaks: { 'FR-QUEUE-2': 'volume-owner' },
    file: READ_PATH,
    search: ROUTED,
    replace: handlers(256),
  },
  {
    kind: 'patch',
    id: 'fr-queue-2-at-the-leader',
    wrong: 'At a leader a read stands behind those that came before it and wait.',
    breaks: { 'FR-QUEUE-2': 'volume-owner' },
    file: READ_PATH,
    search: ROUTED,
    replace: behindThoseThatWait("this.#view.role().role === 'leader'"),
  },
  {
    kind: 'patch',
    id: 'fr-queue-3-looks-at-each-arrival',
    wrong: 'A read that comes has the node look at all that wait.',
    breaks: { 'FR-QUEUE-3': 'counted' },
    file: READ_PATH,
    search: BEGUN,
    replace: `${BEGUN}
    view.counters.wait_rechecks += this.#waiting.size;`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-4-at-most-100',
    wrong: 'An apply answers a hundred reads at most.',
    breaks: { 'FR-QUEUE-4': 'answer-status' },
    file: READ_PATH,
    search: RELEASED,
    replace: `released.forEach((read, at) => {
      if (at < 100) this.#due.push(read);
      else this.#waiting.add(position.index + 1, read);
    });`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-4-leaves-with-others',
    wrong: 'Where a client is gone, all that wait for the same entry are sent away.',
    breaks: { 'FR-QUEUE-4': 'volume-owner' },
    file: READ_PATH,
    search: `view.counters.dropped_reads++;
      this.#settle(read);`,
    replace: `view.counters.dropped_reads++;
      this.#settle(read);
      for (const other of this.#open) {
        if (other.seen === read.seen) this.#refuse(other, readRefusal(view, 'queue-full'));
      }`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-5-anew-with-each-arrival',
    wrong: 'A read may wait as long as others arrive.',
    breaks: { 'FR-QUEUE-5': 'wait-bounded' },
    file: READ_PATH,
    search: BEGUN,
    replace: `${BEGUN}
    for (const other of this.#open) {
      other.deadlines.remove(other);
      other.deadlines.add(other, view.clock.monotonicMs());
    }`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-5-a-leader-has-not-confirmed-it',
    wrong: 'A leader that does not come so far in time says that nobody has confirmed the read.',
    breaks: { 'FR-QUEUE-5': 'refusal-class' },
    file: READ_PATH,
    search: 'deadlines: isLinearizable(call, seen) ? ',
    replace: "deadlines: isLinearizable(call, seen) || view.role().role === 'leader' ? ",
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-time-outs-keep-places',
    wrong: 'A read whose time is over keeps its place.',
    breaks: { 'FR-QUEUE-6': 'waits' },
    file: READ_PATH,
    search: FULL,
    replace: 'if (this.#open.size + view.counters.expired_reads >= view.configuration.maxWaitingReads) {',
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-refused-keep-places',
    wrong: 'A read that was refused keeps the place that it asked for.',
    breaks: { 'FR-QUEUE-6': 'waits' },
    file: READ_PATH,
    search: FULL,
    replace: `const taken = this as unknown as { refused?: number };
    if (this.#open.size + (taken.refused ?? 0) >= view.configuration.maxWaitingReads) {
      taken.refused = (taken.refused ?? 0) + 1;`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-of-each-connection',
    wrong: 'Of each connection so many reads may wait.',
    breaks: { 'FR-QUEUE-6': 'waits' },
    file: READ_PATH,
    search: FULL,
    replace: `const peer = (one: OmCall) => (one as unknown as { grpc: { getPeer(): string } }).grpc.getPeer();
    if ([...this.#open].filter((read) => peer(read.call) === peer(call)).length >= view.configuration.maxWaitingReads) {`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-6-for-each-entry',
    wrong: 'So many reads may wait for each entry.',
    breaks: { 'FR-QUEUE-6': 'waits' },
    file: READ_PATH,
    search: FULL,
    replace: `const same = [...this.#open].filter((read) => read.seen === call.stateVector?.get(view.group));
    if (same.length >= view.configuration.maxWaitingReads) {`,
  },
  {
    kind: 'patch',
    id: 'fr-queue-8-full-unseen',
    wrong: 'Nobody counts the reads that are refused because too many wait.',
    breaks: { 'FR-QUEUE-8': 'counted' },
    file: READ_PATH,
    search: `view.counters.rejected_reads++;
      refuse(call, readRefusal(view, 'queue-full'));`,
    replace: `refuse(call, readRefusal(view, 'queue-full'));`,
  },
];
