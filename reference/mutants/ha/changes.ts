/** Leadership that changes in the wrong way, or not at all (HA-4, HA-8, HA-9, HA-11, HA-13). */
import type { Mutant } from '../mutant.js';

const TRANSFER = 'reference/namespace/commands/node/transfer-leadership.ts';
const ASKED = "const result = await cluster.transferLeadership(to === '' ? undefined : to);";

export const LEADERSHIP_CHANGES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ha-4-ready-when-elected',
    wrong: 'A leader is ready as soon as it is elected.',
    breaks: { 'HA-4': 'refusal-class' },
    parts: (right) => ({ ...right, isReady: ({ role }) => role === 'leader' }),
  },
  {
    kind: 'policy',
    id: 'ha-4-no-leader-until-ready',
    wrong: 'A leader that is not ready says that it does not lead.',
    breaks: { 'HA-4': 'refusal-class' },
    parts: (right) => ({
      ...right,
      admitWrite: (view, ready) => {
        const admission = right.admitWrite(view, ready);
        return admission === 'leader-not-ready' ? 'not-leader' : admission;
      },
    }),
  },
  {
    kind: 'policy',
    id: 'ha-4-linearizable-at-once',
    wrong: 'A leader that is not ready answers linearizable reads from what it has applied.',
    breaks: { 'HA-4': 'fresh-read' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => {
        const route = right.routeRead(view);
        return route.kind === 'confirm' && view.leader && !view.ready ? { kind: 'local' } : route;
      },
    }),
  },
  {
    kind: 'patch',
    id: 'ha-8-nobody-stands-up',
    wrong: 'A node that had a leader waits for it and calls no election.',
    breaks: { 'HA-8': 'failover-time' },
    processes: true,
    file: 'reference/node/replica.ts',
    search: 'if (this.registered) this.#tickConsensus();\n',
    replace: `if (this.#heard === undefined || this.#leadingTerm !== 0 || (this.sinceLeaderHeardMs() ?? 9_999) < 300) this.#tickConsensus();
`,
  },
  {
    kind: 'patch',
    id: 'ha-9-answered-and-not-done',
    wrong: 'TransferLeadership is answered, and nothing happens.',
    breaks: { 'HA-9': 'handed-over' },
    file: TRANSFER,
    search: ASKED,
    replace: "const result = to === 'om99' ? { failed: String(cluster) } : ('done' as const);",
  },
  {
    kind: 'patch',
    id: 'ha-9-anybody-will-do',
    wrong: 'TransferLeadership to a node that there is not moves leadership to another.',
    breaks: { 'HA-9': 'business-failure' },
    file: TRANSFER,
    search: ASKED,
    replace: `let result = await cluster.transferLeadership(to === '' ? undefined : to);
    if (result !== 'done') result = await cluster.transferLeadership(undefined);`,
  },
  {
    kind: 'patch',
    id: 'ha-11-no-snapshot-is-sent',
    wrong: 'A leader sends no snapshot to a node that needs more than its log has.',
    breaks: { 'HA-11': 'acknowledged-kept' },
    processes: true,
    file: 'reference/node/runtime.ts',
    search: 'if (message.type === SNAPSHOT_MESSAGE) this.snapshots.send(message);',
    replace: "if (message.type === SNAPSHOT_MESSAGE) this.#options.log.info('not-sent', { group });",
  },
  {
    kind: 'patch',
    id: 'ha-13-names-itself',
    wrong: 'Whoever answers a confirmed read names itself as the leader.',
    breaks: { 'HA-13': 'named-leader' },
    file: 'reference/node/read-path.ts',
    search: 'this.#answer(read.call, read.command, confirmedAt.leader);',
    replace: 'this.#answer(read.call, read.command, this.#view.self.node);',
  },
];
