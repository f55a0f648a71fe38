/** Reads that wait at a node which becomes another meanwhile (FR-ADMIT-7). */
import type { Mutant } from '../mutant.js';

const READ_PATH = 'reference/node/read-path.ts';
const REPLICA = 'reference/node/replica.ts';
const RECONSIDERED = 'for (const read of this.#waiting.drain()) this.#goOn(read);';

export const CHANGED_ROLES: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-admit-7-role-of-before',
    wrong: 'A read that waits is looked at no more when its node becomes the leader.',
    breaks: { 'FR-ADMIT-7': 'volume-owner' },
    file: REPLICA,
    search: 'this.reads.reconsider();',
    replace: '',
  },
  {
    kind: 'patch',
    id: 'fr-admit-7-answers-all',
    wrong:
      'A node that becomes the leader answers what waits there from what it has applied: who should be ahead of it?',
    breaks: { 'FR-ADMIT-7': 'waits' },
    file: READ_PATH,
    search: RECONSIDERED,
    replace: `for (const read of this.#waiting.drain()) {
      this.#settle(read);
      this.#answer(read.call, read.command, undefined);
    }`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-7-refuses-all',
    wrong: 'A node that becomes the leader refuses whatever waits there.',
    breaks: { 'FR-ADMIT-7': 'waits' },
    file: READ_PATH,
    search: RECONSIDERED,
    replace: `for (const read of this.#waiting.drain()) this.#refuse(read, readRefusal(this.#view, 'deposed'));`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-7-one-of-them',
    wrong: 'When its node becomes the leader, one of the reads that wait is looked at anew.',
    breaks: { 'FR-ADMIT-7': 'volume-owner' },
    file: READ_PATH,
    search: RECONSIDERED,
    replace: `const indexes = new Map([...this.#open].map((read) => [read, this.#waiting.indexOf(read) ?? 0]));
    const [first, ...others] = this.#waiting.drain();
    if (first !== undefined) this.#goOn(first);
    for (const read of others) this.#waiting.add(indexes.get(read) ?? 0, read);`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-7-answers-before-it-follows',
    wrong: 'A node that leads no longer answers what waits there from what it has applied, so as not to lose it.',
    breaks: { 'FR-ADMIT-7': 'fresh-read' },
    file: READ_PATH,
    search: RECONSIDERED,
    replace: `for (const read of this.#waiting.drain()) {
      if (this.#view.role().role === 'leader') {
        this.#goOn(read);
        continue;
      }
      this.#settle(read);
      this.#answer(read.call, read.command, undefined);
    }`,
  },
];
