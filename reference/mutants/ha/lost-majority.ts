/** Leaders that go on without a majority, or tell their clients what is not true (HA-7, HA-12, HA-16, HA-17). */
import type { Mutant } from '../mutant.js';

const WRITE_PATH = 'reference/node/write-path.ts';
const PROPOSED = 'this.#proposed.set(write.index, write);';
const ANSWERED_AT_ONCE = `this.#proposed.set(write.index, write);
      if (write.planned !== undefined) this.#open.answer(write, write.planned.answer, this.#view.self.node);`;
const ROUTE = 'reference/reads/route-read.ts';
const CONFIRMED_AT_LEADER = 'return atLeader(view, CONFIRM);';

export const LOST_MAJORITY: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ha-7-acknowledged-when-proposed',
    wrong: 'The leader answers a write when it has proposed it.',
    breaks: { 'HA-7': 'not-acknowledged' },
    file: WRITE_PATH,
    search: PROPOSED,
    replace: ANSWERED_AT_ONCE,
  },
  {
    kind: 'policy',
    id: 'ha-7-takes-its-own-word',
    wrong: 'A node that takes itself for the leader answers linearizable reads without asking a majority.',
    breaks: { 'HA-7': 'not-confirmed' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => {
        const route = right.routeRead(view);
        return route.kind === 'confirm' && view.leader ? { kind: 'local' } : route;
      },
    }),
  },
  {
    kind: 'patch',
    id: 'ha-12-acknowledged-when-proposed',
    wrong: 'A leader that slept answers writes when it has proposed them, before it hears of its successor.',
    breaks: { 'HA-12': 'not-acknowledged' },
    processes: true,
    file: WRITE_PATH,
    search: PROPOSED,
    replace: ANSWERED_AT_ONCE,
  },
  {
    kind: 'patch',
    id: 'ha-12-takes-its-own-word',
    wrong: 'A leader that slept answers linearizable reads from its own state, before it hears of its successor.',
    breaks: { 'HA-12': 'fresh-read' },
    processes: true,
    file: ROUTE,
    search: CONFIRMED_AT_LEADER,
    replace: 'return atLeader(view, LOCAL);',
  },
  {
    kind: 'patch',
    id: 'ha-16-none-of-what-was-proposed',
    wrong: 'A leader that stands down says of the writes in its log that they cannot happen any more.',
    breaks: { 'HA-16': 'none-is-none' },
    processes: true,
    file: WRITE_PATH,
    search:
      'for (const write of this.#open.writes()) this.#open.refuse(write, refusal, write.index === undefined);\n  }\n\n  expire()',
    replace: 'for (const write of this.#open.writes()) this.#open.refuse(write, refusal, true);\n  }\n\n  expire()',
  },
  {
    kind: 'patch',
    id: 'ha-17-waits-for-ever',
    wrong: 'A leader that stands down leaves its writes without an answer, however long they wait.',
    breaks: { 'HA-17': 'answered-in-time' },
    processes: true,
    file: WRITE_PATH,
    search: `const refusal = notLeader(this.#view);
    for (const write of this.#open.writes()) this.#open.refuse(write, refusal, write.index === undefined);
  }

  expire(): void {
    const { clock, configuration, counters, self } = this.#view;`,
    replace: `}

  expire(): void {
    const { clock, configuration, counters, self } = this.#view;
    if (this.#view.role().role !== 'leader') return;`,
  },
];
