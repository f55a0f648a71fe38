/** Nodes that say more than their disk has (HA-19). */
import type { Mutant } from '../mutant.js';

const LOG_DATABASE = 'reference/storage/log-database.ts';

export const POWER_LOSS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ha-19-answered-when-proposed',
    wrong: 'The leader answers a write when it has proposed it; no disk has it then.',
    breaks: { 'HA-19': 'acknowledged-kept' },
    file: 'reference/node/write-path.ts',
    search: 'this.#proposed.set(write.index, write);',
    replace: `this.#proposed.set(write.index, write);
      if (write.planned !== undefined) this.#open.answer(write, write.planned.answer, this.#view.self.node);`,
  },
  {
    kind: 'patch',
    id: 'ha-19-acknowledged-before-it-is-synced',
    wrong: 'A node acknowledges entries when it has handed them to the thread that writes them.',
    // What it applied on the strength of that is in its state, which it then finds ahead of its log.
    breaks: { 'HA-19': 'starts-after-power-loss' },
    file: 'reference/node/group-loop.ts',
    search: 'this.#lastWrite = this.#options.log.append(writes).then(',
    replace: `void this.#options.log.append(writes).catch(() => undefined);
    this.#lastWrite = Promise.resolve().then(`,
  },
  {
    kind: 'patch',
    id: 'ha-19-log-is-not-synced',
    wrong: 'The log is written as the state is: synced at checkpoints, and not at each commit.',
    // The mark beside the log tells that acknowledged writes are gone; a node that has lost them does not start.
    breaks: { 'HA-19': 'starts-after-power-loss' },
    file: LOG_DATABASE,
    search: "database.pragma('synchronous = FULL');",
    replace: "database.pragma('synchronous = NORMAL');",
  },
  {
    kind: 'patch',
    id: 'ha-19-mark-ahead-of-the-log',
    wrong: 'The mark beside the log says that a write was acknowledged before it is synced.',
    breaks: { 'HA-19': 'starts-after-power-loss' },
    file: LOG_DATABASE,
    search: 'const start = performance.now();',
    replace: `this.#mark.note(this.#sequence);
        const start = performance.now();`,
  },
  {
    kind: 'patch',
    id: 'ha-19-log-store-does-not-wait',
    wrong: 'The log store says that entries are stored as soon as they have found room in its queue.',
    breaks: { 'HA-19': 'starts-after-power-loss' },
    file: 'reference/storage/sqlite-log-store.ts',
    search: "await this.#ask({ kind: 'append', packed }, packed.length, [packed.buffer]);",
    replace: "void this.#ask({ kind: 'append', packed }, packed.length, [packed.buffer]).catch(() => undefined);",
  },
];
