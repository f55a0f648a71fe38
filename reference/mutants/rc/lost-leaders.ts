/** Reads that are answered though nobody can confirm them, or never (RC-3, RC-9). */
import type { Consistency } from '../../reads/read-hint.js';
import type { RoutingView } from '../../reads/route-read.js';
import type { Mutant } from '../mutant.js';

const READ_PATH = 'reference/node/read-path.ts';
const ANSWERED = 'this.#settle(read); this.#answer(read.call, read.command, undefined)';

export const LOST_LEADERS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'rc-3-waits-for-ever',
    wrong: 'A read that nobody confirms waits without a time-out.',
    breaks: { 'RC-3': 'refused-for-now' },
    file: READ_PATH,
    search: 'read.deadlines.add(read, view.clock.monotonicMs());',
    replace: '',
  },
  {
    kind: 'patch',
    id: 'rc-3-waits-thrice-as-long',
    wrong: 'A read that nobody confirms is given two more read time-outs, in case somebody comes back.',
    breaks: { 'RC-3': 'refused-in-time' },
    file: READ_PATH,
    search: 'new DeadlineQueue(configuration.readTimeoutMs)',
    replace: 'new DeadlineQueue(3 * configuration.readTimeoutMs)',
  },
  {
    kind: 'patch',
    id: 'rc-3-time-out-answers',
    wrong: 'A read whose time is over is answered from what the follower has.',
    breaks: { 'RC-3': 'refused-for-now' },
    file: READ_PATH,
    search: 'this.#refuse(read, unconfirmedInTime(this.#view, read.confirmedAt?.index));',
    replace: `void unconfirmedInTime; ${ANSWERED};`,
  },
  {
    kind: 'patch',
    id: 'rc-3-no-leader-no-question',
    wrong: 'A follower that knows no leader has nobody to ask, and answers by itself.',
    breaks: { 'RC-3': 'refused-for-now' },
    file: READ_PATH,
    search: "refuse(call, readRefusal(view, 'leader-lost'));",
    replace: 'this.#answer(call, command, undefined);',
  },
  {
    kind: 'patch',
    id: 'rc-3-refused-for-good',
    wrong: 'That no leader is known is said by a class that no client takes for an invitation to ask again.',
    breaks: { 'RC-3': 'refused-for-now' },
    file: 'reference/service/refusals.ts',
    search: '.ReadIndexException:',
    replace: '.StateMachineException:',
  },
  {
    kind: 'policy',
    id: 'rc-9-leader-trusts-itself',
    wrong: 'The leader answers LINEARIZABLE_LEADER_ONLY from its own state, as Ozone does with its default settings.',
    breaks: { 'RC-9': 'not-confirmed' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (atLeader(view, 'linearizable-leader-only') ? { kind: 'local' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-9-leader-needs-no-question',
    wrong: 'The leader confirms nothing under LINEARIZABLE_ALLOW_FOLLOWER, because the question would be for itself.',
    breaks: { 'RC-9': 'not-confirmed' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (atLeader(view, 'linearizable-allow-follower') ? { kind: 'local' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'patch',
    id: 'rc-9-read-index-without-quorum',
    wrong: 'The leader gives its commit index for a read index without asking whether it leads still.',
    breaks: { 'RC-9': 'not-confirmed' },
    file: 'reference/node/replica.ts',
    search: 'this.raft.readIndex(readContext(this.self.id, this.#options.incarnation, round));',
    replace: `if (this.role().role === 'leader') this.#confirmations.confirmed(round, this.commitIndex());
      else this.raft.readIndex(readContext(this.self.id, this.#options.incarnation, round));`,
  },
  {
    kind: 'patch',
    id: 'rc-9-deposed-and-answered',
    wrong: 'A leader that steps down answers the reads that it had open, so as not to lose them.',
    breaks: { 'RC-9': 'not-confirmed' },
    file: READ_PATH,
    search: 'unconfirmed: (why) => this.#refuse(read, readRefusal(this.#view, why)),',
    replace: `unconfirmed: (why) => {
        if (why === 'deposed') { ${ANSWERED}; } else this.#refuse(read, readRefusal(this.#view, why));
      },`,
  },
];

function atLeader(view: RoutingView, consistency: Consistency): boolean {
  return view.readClass === 'coordinated' && view.leader && view.ready && view.hint.consistency === consistency;
}
