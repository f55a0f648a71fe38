/** Histories that no order explains while leadership is handed over (HA-10). */
import type { Mutant } from '../mutant.js';

export const TRANSFER_LOAD: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ha-10-answered-when-proposed',
    wrong:
      'The leader answers a write when it has proposed it: nobody has applied it, and a new leader may not have it.',
    breaks: { 'HA-10': 'linearizable' },
    file: 'reference/node/write-path.ts',
    search: 'this.#proposed.set(write.index, write);',
    replace: `this.#proposed.set(write.index, write);
      if (write.planned !== undefined) this.#open.answer(write, write.planned.answer, this.#view.self.node);`,
  },
  {
    kind: 'patch',
    id: 'ha-10-dropped-and-acknowledged',
    wrong: 'A leader that hands over acknowledges the writes that it cannot propose any more.',
    breaks: { 'HA-10': 'linearizable' },
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
];
