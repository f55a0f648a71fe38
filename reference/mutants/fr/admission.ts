/** Reads that are let in, or kept out, against what their client has seen (FR-ADMIT). */
import type { NodeParts } from '../../node/parts.js';
import type { RoutingView } from '../../reads/route-read.js';
import type { Mutant } from '../mutant.js';

const ABOVE_FLOOR = 'reference/reads/above-floor.ts';
const AT_LEADER = "if (leader) return seen <= BigInt(commitIndex) ? waitFor(seen) : { kind: 'confirm' };";

export const ADMISSION: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'fr-admit-1-no-id-is-the-least',
    wrong: 'A follower takes a read without an id for one that has seen nothing, and answers it.',
    breaks: { 'FR-ADMIT-1': 'fresh-read' },
    parts: (right) => routed(right, (view) => (isPlain(view) ? { seen: 0n } : {})),
  },
  {
    kind: 'patch',
    id: 'fr-admit-1-any-id-will-do',
    wrong: 'A follower answers a read whose id says nothing of the group that it reads.',
    breaks: { 'FR-ADMIT-1': 'fresh-read' },
    file: 'reference/node/read-path.ts',
    search: 'seen: call.stateVector?.get(view.group),',
    replace: 'seen: call.stateVector === undefined ? undefined : (call.stateVector.get(view.group) ?? 0n),',
  },
  {
    kind: 'policy',
    id: 'fr-admit-1-lease-answers-all',
    wrong: 'A follower with a lease answers every read by it, as without follower reads.',
    breaks: { 'FR-ADMIT-1': 'fresh-read' },
    parts: (right) => routed(right, ({ options }) => ({ options: { ...options, followerReads: false } })),
  },
  {
    kind: 'patch',
    id: 'fr-admit-1-what-the-connection-said',
    wrong: 'The last id that came on a connection counts for calls without one.',
    breaks: { 'FR-ADMIT-1': 'fresh-read' },
    file: 'reference/service/om-service.ts',
    search: 'const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, callback);',
    replace: `const { session } = (grpc as unknown as { call: { stream: { session: object } } }).call.stream;
      const kept = globalThis as unknown as { said?: WeakMap<object, StateVector> };
      kept.said ??= new WeakMap();
      const vector = seen?.vector ?? kept.said.get(session);
      if (vector !== undefined) kept.said.set(session, vector);
      const call = new GrpcOmCall(grpc, request, named?.callId, vector, options, callback);`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-1-one-command-forgotten',
    wrong: 'Whoever said which commands need an id has forgotten one of them, the listing of keys.',
    breaks: { 'FR-ADMIT-1': 'not-confirmed' },
    file: 'reference/node/read-path.ts',
    search: 'seen: call.stateVector?.get(view.group),',
    replace: `seen: call.stateVector?.get(view.group) ?? (call.request.listKeysRequest == null ? undefined : 0n),`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-1-nobody-leads-anybody-answers',
    wrong: 'A node that knows no leader answers reads without an id from what it has: there is nobody else.',
    breaks: { 'FR-ADMIT-1': 'refused-for-now' },
    file: 'reference/node/read-path.ts',
    search: 'seen: call.stateVector?.get(view.group),',
    replace: `seen: call.stateVector?.get(view.group) ?? (view.leader() === undefined ? 0n : undefined),`,
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-waits-however-far',
    wrong: 'A follower has a read wait, however far behind it is.',
    breaks: { 'FR-ADMIT-4': 'waits' },
    parts: (right) => withLag(right, () => Number.MAX_SAFE_INTEGER),
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-one-entry-too-many',
    wrong: 'A follower has a read wait when it is one entry further behind than it may be.',
    breaks: { 'FR-ADMIT-4': 'waits' },
    parts: (right) => withLag(right, (entries) => entries + 1),
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-one-entry-too-few',
    wrong: 'A follower refuses a read when it is exactly as far behind as it may be.',
    breaks: { 'FR-ADMIT-4': 'waits' },
    parts: (right) => withLag(right, (entries) => entries - 1),
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-leases-wait-however-far',
    wrong: 'A read under a lease waits, however far behind its follower is.',
    breaks: { 'FR-ADMIT-4': 'waits' },
    parts: (right) =>
      routed(right, ({ hint, options }) =>
        hint.consistency === 'local-lease' ? { options: { ...options, maxLag: Number.MAX_SAFE_INTEGER } } : {},
      ),
  },
  {
    kind: 'patch',
    id: 'fr-admit-4-counted-from-what-is-committed',
    wrong: 'How far a follower is behind is counted from what it knows to be committed.',
    breaks: { 'FR-ADMIT-4': 'waits' },
    file: ABOVE_FLOOR,
    search: 'seen - BigInt(appliedIndex) > BigInt(maxLag)',
    replace: 'seen - BigInt(commitIndex) > BigInt(maxLag)',
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-32-bits',
    wrong: 'An index is taken for a number of 32 bits.',
    breaks: { 'FR-ADMIT-4': 'refusal-class' },
    parts: (right) => routed(right, ({ seen }) => (seen === undefined ? {} : { seen: BigInt.asUintN(32, seen) })),
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-nobody-waits',
    wrong: 'A follower refuses whatever it has not applied yet.',
    breaks: { 'FR-ADMIT-4': 'waits', 'FR-STATE-2': 'volume-owner' },
    parts: (right) => withLag(right, () => 0),
  },
  {
    kind: 'policy',
    id: 'fr-admit-4-not-the-leader',
    wrong: 'A follower that is too far behind says that it is not the leader.',
    breaks: { 'FR-ADMIT-4': 'refusal-class' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => {
        const route = right.routeRead(view);
        return route.kind === 'refuse' && route.why === 'too-far-behind'
          ? { kind: 'refuse', why: 'not-leader' }
          : route;
      },
    }),
  },
  {
    kind: 'patch',
    id: 'fr-admit-5-answers-at-once',
    wrong:
      'The leader answers at once what it has not applied, as the active node of HDFS does: who else could be ahead?',
    breaks: { 'FR-ADMIT-5': 'not-confirmed' },
    processes: true,
    file: ABOVE_FLOOR,
    search: AT_LEADER,
    replace: "if (leader) return { kind: 'local' };",
  },
  {
    kind: 'patch',
    id: 'fr-admit-5-waits-for-what-nobody-wrote',
    wrong: 'The leader waits for an entry that it has not committed, and nobody ever will.',
    breaks: { 'FR-ADMIT-5': 'volume-owner' },
    processes: true,
    file: ABOVE_FLOOR,
    search: AT_LEADER,
    replace: 'if (leader) return waitFor(seen);',
  },
  {
    kind: 'patch',
    id: 'fr-admit-5-committed-is-applied',
    wrong: 'The leader takes for applied what is committed.',
    breaks: { 'FR-ADMIT-5': 'volume-owner' },
    processes: true,
    file: ABOVE_FLOOR,
    search: AT_LEADER,
    replace: "if (leader) return { kind: seen <= BigInt(commitIndex) ? 'local' : 'confirm' };",
  },
  {
    kind: 'patch',
    id: 'fr-admit-5-confirmed-is-enough',
    wrong:
      'Once it is confirmed, the leader answers from what it has applied, which may be less than what was confirmed.',
    breaks: { 'FR-ADMIT-5': 'volume-owner' },
    processes: true,
    file: 'reference/node/read-path.ts',
    search: 'if (parts.satisfiesRead(index, position.index)) this.#due.push(read);',
    replace: `if (read.deadlines === this.#stateDeadlines) {
      this.#settle(read);
      this.#answer(read.call, read.command, leader);
    } else if (parts.satisfiesRead(index, position.index)) this.#due.push(read);`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-5-writes-are-held-to-it',
    wrong: 'The leader refuses a write whose client has seen more than the leader has.',
    breaks: { 'FR-ADMIT-5': 'volume-owner' },
    processes: true,
    file: 'reference/node/write-path.ts',
    search: 'const refusal = this.#admission(role);',
    replace: `const ahead = (call.stateVector?.get(view.group) ?? 0n) > BigInt(view.position.index);
    const refusal = ahead ? ({ kind: 'retriable', text: 'behind' } as const) : this.#admission(role);`,
  },
];

function isPlain(view: RoutingView): boolean {
  return view.seen === undefined && !view.leader && view.hint.consistency === 'none';
}

function routed(right: NodeParts, change: (view: RoutingView) => Partial<RoutingView>): NodeParts {
  return { ...right, routeRead: (view) => right.routeRead({ ...view, ...change(view) }) };
}

function withLag(right: NodeParts, change: (entries: number) => number): NodeParts {
  return routed(right, ({ options }) => ({ options: { ...options, maxLag: change(options.maxLag) } }));
}
