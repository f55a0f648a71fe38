/** Writes that are acknowledged and not kept (HA-5, HA-6). Nodes have to be killed to see it, so each is a process. */
import type { Mutant } from '../mutant.js';

export const DURABILITY: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ha-5-answered-before-a-majority-has-it',
    wrong:
      'The leader answers a write when it has proposed it, without waiting for the other nodes or for its own disk.',
    breaks: { 'HA-5': 'acknowledged-kept', 'HA-6': 'acknowledged-kept' },
    processes: true,
    file: 'reference/node/write-path.ts',
    search: 'this.#proposed.set(write.index, write);',
    replace: `this.#proposed.set(write.index, write);
      if (write.planned !== undefined) this.#open.answer(write, write.planned.answer, this.#view.self.node);`,
  },
  {
    kind: 'patch',
    id: 'ha-6-rows-in-memory',
    wrong: 'A process keeps the rows of its state in memory, and on the disk only how far it has applied the log.',
    breaks: { 'HA-6': 'acknowledged-kept' },
    processes: true,
    file: 'reference/storage/state-database.ts',
    search: `readPosition(database, place);
      return database;`,
    // A temporary table hides the one of the same name.
    replace: `readPosition(database, place);
      database.pragma('temp_store = MEMORY');
      database.exec(SCHEMA.replaceAll('CREATE TABLE IF NOT EXISTS "', 'CREATE TEMP TABLE "').replace(/CREATE TABLE IF.*/s, ''));
      return database;`,
  },
];
