/** Writes that are acknowledged and lost while leadership is handed over (HA-10): where nobody can take over, for certain. */
import type { StateTransaction } from '../../storage/state-store.js';
import type { Mutant } from '../mutant.js';

export const TRANSFER_LOAD: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ha-10-answered-when-proposed',
    wrong:
      'The leader answers a write when it has proposed it: nobody has applied it, and a new leader may not have it.',
    breaks: { 'HA-10': 'acknowledged-kept' },
    file: 'reference/node/write-path.ts',
    search: 'this.#proposed.set(write.index, write);',
    replace: `this.#proposed.set(write.index, write);
      if (write.planned !== undefined) this.#open.answer(write, write.planned.answer, this.#view.self.node);`,
  },
  {
    kind: 'patch',
    id: 'ha-10-dropped-and-acknowledged',
    wrong: 'A leader that hands over acknowledges the writes that it cannot propose any more.',
    breaks: { 'HA-10': 'acknowledged-kept' },
    file: 'reference/node/write-path.ts',
    search: 'for (const write of current) this.#drop(write, why);',
    replace: `for (const write of current) {
        if (write.planned === undefined) this.#drop(write, why);
        else {
          this.#open.answer(write, write.planned.answer, this.#view.self.node);
          this.#ended(write);
        }
      }`,
  },
  {
    kind: 'policy',
    id: 'ha-10-successor-shows-what-was-deleted',
    wrong:
      'Only the node that planned an entry removes the keys that it removes; at the others they stay until they lead.',
    breaks: { 'HA-10': 'linearizable' },
    parts: (right) => {
      let plannedIn = 0;
      return {
        ...right,
        plan: (input) => {
          plannedIn = input.term;
          return right.plan(input);
        },
        applyEntry: (transaction, position, entry) =>
          right.applyEntry(entry.term === plannedIn ? transaction : keepingKeys(transaction), position, entry),
      };
    },
  },
];

function keepingKeys(transaction: StateTransaction): StateTransaction {
  return {
    get: (table, key) => transaction.get(table, key),
    scan: (table, range) => transaction.scan(table, range),
    put: (table, key, value) => transaction.put(table, key, value),
    delete: (table, key) => {
      if (table !== 'key') transaction.delete(table, key);
    },
  };
}
