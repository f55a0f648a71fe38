/** Msyncs that are answered by whom they should not, with too little, or at a price (FR-MSYNC, HA-4). */
import type { Mutant } from '../mutant.js';

const MSYNC_PATH = 'reference/node/msync-path.ts';
const REPLICA = 'reference/node/replica.ts';
const ASKED = 'this.#confirmations.ask(msync);';
const ROUND = 'const round = this.#confirmations.nextRound();';

export const MSYNCS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'fr-msync-1-what-it-has-applied',
    wrong: 'The leader tells what it has applied itself, which followers may be ahead of.',
    breaks: { 'FR-MSYNC-1': 'msync-covers' },
    parts: (right) => ({ ...right, msyncIndex: (_, applied) => applied }),
  },
  {
    kind: 'policy',
    id: 'fr-msync-1-one-entry-short',
    wrong: 'The leader tells the entry before the one that was confirmed.',
    breaks: { 'FR-MSYNC-1': 'msync-covers' },
    parts: (right) => ({ ...right, msyncIndex: (...known) => right.msyncIndex(...known) - 1 }),
  },
  {
    kind: 'patch',
    id: 'fr-msync-1-from-a-cache',
    wrong: 'The leader tells every Msync of one second the same.',
    breaks: { 'FR-MSYNC-1': 'msync-covers' },
    file: MSYNC_PATH,
    search: 'const index = BigInt(parts.msyncIndex(confirmed, position.index));',
    replace: `const kept = this as unknown as { index?: bigint; atMs?: number };
    const nowMs = this.#view.clock.monotonicMs();
    if (kept.index === undefined || nowMs - (kept.atMs ?? 0) > 1000) {
      kept.index = BigInt(parts.msyncIndex(confirmed, position.index));
      kept.atMs = nowMs;
    }
    const { index } = kept;`,
  },
  {
    kind: 'patch',
    id: 'fr-msync-1-waits-for-its-client',
    wrong: 'The leader lets an Msync wait until it has come as far as the client.',
    breaks: { 'FR-MSYNC-1': 'msync-answered' },
    file: MSYNC_PATH,
    search: ASKED,
    replace: `if ((call.stateVector?.get(this.#view.group) ?? 0n) > BigInt(this.#view.commitIndex())) return;
    this.#confirmations.ask(msync);`,
  },
  {
    kind: 'policy',
    id: 'fr-msync-2-followers-ask-the-leader',
    wrong: 'A follower has the leader confirm an Msync and answers it.',
    breaks: { 'FR-MSYNC-2': 'refusal-class' },
    parts: (right) => ({ ...right, admitMsync: (view) => (view.leader ? right.admitMsync(view) : 'confirm') }),
  },
  {
    kind: 'policy',
    id: 'fr-msync-2-not-ready',
    wrong: 'A follower says of itself that it is a leader that is not ready yet.',
    breaks: { 'FR-MSYNC-2': 'refusal-class' },
    parts: (right) => ({ ...right, admitMsync: ({ ready }) => (ready ? 'confirm' : 'leader-not-ready') }),
  },
  {
    kind: 'patch',
    id: 'fr-msync-2-a-hint-lets-followers',
    wrong: 'A follower has the leader confirm an Msync whose hint allows followers, and answers it.',
    breaks: { 'FR-MSYNC-2': 'refusal-class' },
    file: MSYNC_PATH,
    search: 'const refusal = this.#admission() ?? ',
    replace: `const allowed = call.request.readConsistencyHint?.readConsistency === 3;
    const refusal = (allowed ? undefined : this.#admission()) ?? `,
  },
  {
    kind: 'patch',
    id: 'fr-msync-3-takes-its-own-word',
    wrong: 'Who takes itself for the leader answers an Msync without asking anybody, as the active node of HDFS does.',
    breaks: { 'FR-MSYNC-3': 'msync-unconfirmed' },
    processes: true,
    file: MSYNC_PATH,
    search: ASKED,
    replace: 'msync.confirmed(this.#view.commitIndex(), this.#view.self.node);',
  },
  {
    kind: 'patch',
    id: 'fr-msync-3-deposed-and-answered',
    wrong: 'A leader that steps down answers the Msyncs that it had open, so as not to lose them.',
    breaks: { 'FR-MSYNC-3': 'msync-unconfirmed' },
    file: MSYNC_PATH,
    search: 'unconfirmed: (why) => this.#refuse(msync, this.#refusalOf(why)),',
    replace: `unconfirmed: (why) => {
        if (why === 'deposed') msync.confirmed(this.#view.commitIndex(), this.#view.self.node);
        else this.#refuse(msync, this.#refusalOf(why));
      },`,
  },
  {
    kind: 'patch',
    id: 'fr-msync-3-by-default-its-own-word',
    wrong: 'Who takes itself for the leader asks nobody for an Msync with DEFAULT, as for a read.',
    breaks: { 'FR-MSYNC-3': 'msync-unconfirmed' },
    file: MSYNC_PATH,
    search: ASKED,
    replace: `if (call.request.readConsistencyHint?.readConsistency === 1) {
      msync.confirmed(this.#view.commitIndex(), this.#view.self.node);
      return;
    }
    this.#confirmations.ask(msync);`,
  },
  {
    kind: 'policy',
    id: 'fr-msync-4-as-it-was-in-the-beginning',
    wrong: 'A node tells what it had applied when it was asked first, also to Msyncs.',
    breaks: { 'FR-MSYNC-4': 'waits' },
    parts: (right) => {
      let first: number | undefined;
      return {
        ...right,
        stateIndex: (progress) => {
          first ??= right.stateIndex(progress);
          return first;
        },
        msyncIndex: (_, applied) => {
          first ??= applied;
          return first;
        },
      };
    },
  },
  {
    kind: 'patch',
    id: 'fr-msync-6-an-entry-for-each',
    wrong: 'The leader confirms an Msync by an entry of its own.',
    breaks: { 'FR-MSYNC-6': 'log-quiet' },
    file: REPLICA,
    search: ROUND,
    replace: `if (this.msyncs.open > 0) this.raft.propose([new Uint8Array(0)]);
    ${ROUND}`,
  },
  {
    kind: 'patch',
    id: 'fr-msync-6-an-entry-now-and-then',
    wrong: 'The leader adds an entry for one in sixteen of its confirmations, so as not to fall asleep.',
    breaks: { 'FR-MSYNC-6': 'log-quiet' },
    file: REPLICA,
    search: ROUND,
    replace: `${ROUND}
    if (round !== undefined && round % 16 === 0 && this.role().role === 'leader') {
      this.raft.propose([new Uint8Array(0)]);
    }`,
  },
  {
    kind: 'patch',
    id: 'fr-msync-6-first-after-a-write',
    wrong: 'The leader confirms by an entry the first Msync after a write.',
    breaks: { 'FR-MSYNC-6': 'log-quiet' },
    file: REPLICA,
    search: ROUND,
    replace: `const kept = this as unknown as { barrier?: number };
    if (this.msyncs.open > 0 && this.position.index > (kept.barrier ?? 0)) {
      kept.barrier = this.position.index + 1;
      this.raft.propose([new Uint8Array(0)]);
    }
    ${ROUND}`,
  },
  {
    kind: 'patch',
    id: 'fr-msync-8-too-busy',
    wrong: 'A leader with writes under way has no time for an Msync, and asks to come again.',
    breaks: { 'FR-MSYNC-8': 'msync-answered' },
    file: 'reference/node/om-dispatch.ts',
    search: 'else if (isForPosition(command)) this.#main.msyncs.submit(call, command);',
    replace: `else if (isForPosition(command) && this.#main.writes.open > 4) {
      call.reply({ kind: 'refusal', refusal: { kind: 'retriable', text: 'too busy' } });
    } else if (isForPosition(command)) this.#main.msyncs.submit(call, command);`,
  },
  {
    kind: 'patch',
    id: 'fr-msync-8-gives-up-at-once',
    wrong: 'The leader refuses an Msync that is not confirmed by its next tick.',
    breaks: { 'FR-MSYNC-8': 'msync-answered' },
    file: MSYNC_PATH,
    search: 'new DeadlineQueue(view.configuration.readTimeoutMs)',
    replace: 'new DeadlineQueue(1)',
  },
  {
    kind: 'patch',
    id: 'fr-msync-8-gathers-msyncs',
    wrong: 'The leader gathers Msyncs for a while, so as to confirm many of them at once.',
    breaks: { 'FR-MSYNC-8': 'msync-keeps-pace', 'FR-GUAR-7': 'msync-keeps-pace' },
    file: MSYNC_PATH,
    search: 'this.#confirmations.ask(msync);',
    replace: 'this.#view.clock.after(1000, () => { if (!msync.settled) this.#confirmations.ask(msync); });',
  },
  {
    kind: 'policy',
    id: 'ha-4-msync-before-it-is-ready',
    wrong: 'A leader that has applied nothing of its term answers Msync.',
    breaks: { 'HA-4': 'refusal-class' },
    parts: (right) => ({ ...right, admitMsync: ({ leader }) => (leader ? 'confirm' : 'not-leader') }),
  },
  {
    kind: 'policy',
    id: 'ha-4-an-id-beats-the-hint',
    wrong: 'An id makes any read an aligned one, whatever its hint says.',
    breaks: { 'HA-4': 'refusal-class' },
    parts: (right) => ({
      ...right,
      routeRead: (view) =>
        right.routeRead(view.seen === undefined ? view : { ...view, hint: { ...view.hint, consistency: 'none' } }),
    }),
  },
  {
    kind: 'patch',
    id: 'ha-12-nobody-is-ahead-of-it',
    wrong:
      'A leader that slept answers what its client has seen elsewhere from its own state: who should be ahead of it?',
    breaks: { 'HA-12': 'fresh-read' },
    processes: true,
    file: 'reference/reads/above-floor.ts',
    search: "if (leader) return seen <= BigInt(commitIndex) ? waitFor(seen) : { kind: 'confirm' };",
    replace: "if (leader) return { kind: 'local' };",
  },
];
