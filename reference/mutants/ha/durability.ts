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
      if (write.planned !== undefined) {
        this.#settle(write);
        write.call.reply({ kind: 'answer', answer: write.planned.answer, raftLeader: this.#view.self.node });
      }`,
  },
  {
    kind: 'patch',
    id: 'ha-6-begins-anew',
    wrong: 'A process finds nothing of what the one before it stored.',
    breaks: { 'HA-6': 'acknowledged-kept' },
    processes: true,
    file: 'reference/node/runtime.ts',
    search: 'directory: options.dataDirectory,',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text
    replace: 'directory: `${options.dataDirectory}/of-process-${process.pid}`,',
  },
];
