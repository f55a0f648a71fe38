/** Commands in a wrong class, and nodes that are taken for what they are not (FR-ADMIT-2, FR-ADMIT-3, FR-ADMIT-6, FR-ADMIT-8 to FR-ADMIT-11). */
import { hadoop } from '#proto';
import type { Mutant } from '../mutant.js';
import { inClass } from '../wrapped.js';

const { Status, Type } = hadoop.ozone;
const READ_PATH = 'reference/node/read-path.ts';
const LOCAL = `case 'local':
        this.#answer(call, command, undefined);
        return;
      case 'refuse':
        if`;
const ANSWERED = 'answer: command.answer(state, call.request, readContext),';
const ADMITTED = 'const refusal = this.#admission(role);';

export const COMMANDS_IN_CLASSES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'fr-admit-2-echoes-wait',
    wrong: 'A node’s own questions wait for the state as reads do.',
    breaks: { 'FR-ADMIT-2': 'answer-status' },
    parts: (right) => ({
      ...right,
      routeRead: (view) =>
        right.routeRead(view.readClass === 'uncoordinated' ? { ...view, readClass: 'coordinated' } : view),
    }),
  },
  {
    kind: 'patch',
    id: 'fr-admit-2-echoes-stand-behind-reads',
    wrong: 'A node’s own questions stand behind the reads that wait there.',
    breaks: { 'FR-ADMIT-2': 'answer-status' },
    file: READ_PATH,
    search: LOCAL,
    replace: `case 'local':
        if (this.#open.size > 0 && command.readClass === 'uncoordinated') {
          this.#begin(call, command, { kind: 'wait', index: this.#view.position.index + 1 });
          return;
        }
        this.#answer(call, command, undefined);
        return;
      case 'refuse':
        if`,
  },
  {
    kind: 'policy',
    id: 'fr-admit-2-echoes-wait-at-the-leader',
    wrong: 'Followers answer their own questions at once, and the leader once it has what the client has seen.',
    breaks: { 'FR-ADMIT-2': 'answer-status' },
    parts: (right) => ({
      ...right,
      routeRead: (view) =>
        right.routeRead(
          view.readClass === 'uncoordinated' && view.leader ? { ...view, readClass: 'coordinated' } : view,
        ),
    }),
  },
  {
    kind: 'patch',
    id: 'fr-admit-2-only-while-somebody-leads',
    wrong: 'A node that knows no leader refuses everything, also what needs none.',
    breaks: { 'FR-ADMIT-2': 'answer-status' },
    file: READ_PATH,
    search: LOCAL,
    replace: `case 'local':
        if (this.#view.leader() === undefined) refuse(call, readRefusal(this.#view, 'leader-lost'));
        else this.#answer(call, command, undefined);
        return;
      case 'refuse':
        if`,
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-directories-at-once',
    wrong: 'Followers list directories at once, whatever the client has seen.',
    breaks: { 'FR-ADMIT-3': 'waits' },
    parts: (right) => inClass(right, Type.ListStatus, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-buckets-at-once',
    wrong: 'Followers list buckets at once: what they have of them changes rarely.',
    breaks: { 'FR-ADMIT-3': 'waits' },
    parts: (right) => inClass(right, Type.ListBuckets, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-keys-of-the-leader',
    wrong: 'Keys are told by the leader alone.',
    breaks: { 'FR-ADMIT-3': 'waits' },
    parts: (right) => inClass(right, Type.GetKeyInfo, 'leader-only'),
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-differences-anywhere',
    wrong:
      'Followers wait for the state and then tell the differences between snapshots, which the leader alone has made.',
    breaks: { 'FR-ADMIT-3': 'refusal-class' },
    parts: (right) => inClass(right, Type.SnapshotDiff, 'coordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-repairs-anywhere',
    wrong: 'Any node tells how far a repair of quotas is, which runs at the leader.',
    breaks: { 'FR-ADMIT-3': 'refusal-class' },
    parts: (right) => inClass(right, Type.GetQuotaRepairStatus, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-services-of-the-leader',
    wrong: 'The services of the cluster are told by the leader alone.',
    breaks: { 'FR-ADMIT-3': 'answered-there' },
    parts: (right) => inClass(right, Type.ServiceList, 'leader-only'),
  },
  {
    kind: 'policy',
    id: 'fr-admit-3-services-wait',
    wrong: 'The services of the cluster are told once the state is there that the client has seen.',
    breaks: { 'FR-ADMIT-3': 'answered-there' },
    parts: (right) => inClass(right, Type.ServiceList, 'coordinated'),
  },
  {
    kind: 'patch',
    id: 'fr-admit-6-shows-what-it-has',
    wrong: 'A node that has heard of no leader yet answers with what it has.',
    breaks: { 'FR-ADMIT-6': 'fresh-read' },
    processes: true,
    file: READ_PATH,
    search:
      "const route = this.#route(call, command);\n    switch (route.kind) {\n      case 'local':\n        this.#answer(",
    replace: `const route: ReadRoute =
      this.#view.leader() === undefined ? { kind: 'local' } : this.#route(call, command);
    switch (route.kind) {
      case 'local':
        this.#answer(`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-6-refuses-for-good',
    wrong:
      'A node that does not serve reads yet says that it failed, which no client takes for an invitation to ask again.',
    breaks: { 'FR-ADMIT-6': 'not-for-good' },
    processes: true,
    file: READ_PATH,
    search: "if (route.why === 'too-far-behind') this.#view.counters.rejected_reads++;",
    replace: `if (route.why === 'not-serving') {
          call.fault(new Error('not serving'));
          return;
        }`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-8-told-by-its-own-state',
    wrong: 'A follower tells a client by what it has itself that a write cannot succeed.',
    breaks: { 'FR-ADMIT-8': 'refusal-class' },
    file: 'reference/node/write-path.ts',
    search: ADMITTED,
    replace: `if (role.role !== 'leader') {
      const context = { managedIndex: 0n, objectId: 0n, nowMs: 0n, user: call.user };
      const { answer } = command.plan(view.state, call.request, context);
      if (answer.status !== hadoop.ozone.Status.OK) {
        call.reply({ kind: 'answer', answer });
        return;
      }
    }
    ${ADMITTED}`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-8-what-nobody-could-do',
    wrong: 'A follower says of a write that no state could allow what is wrong with it, and not that another leads.',
    breaks: { 'FR-ADMIT-8': 'refusal-class' },
    file: 'reference/node/write-path.ts',
    search: ADMITTED,
    replace: `const early = command.validate?.(call.request);
    if (early !== undefined) {
      call.reply({ kind: 'answer', answer: early });
      return;
    }
    ${ADMITTED}`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-8-behind-and-not-the-leader',
    wrong:
      'A follower tells a write whose client has seen more that it is behind, and so to come again, and not that another leads.',
    breaks: { 'FR-ADMIT-8': 'refusal-class' },
    file: 'reference/node/write-path.ts',
    search: 'refuse(call, refusal, true);\n      return;',
    replace: `const behind = (call.stateVector?.get(view.group) ?? 0n) > BigInt(view.position.index);
      refuse(call, behind ? { kind: 'retriable', text: 'behind' } : refusal, true);
      return;`,
  },
  {
    kind: 'policy',
    id: 'fr-admit-9-shows-what-it-has',
    wrong: 'A follower that is behind what the client has seen answers with what it has.',
    breaks: { 'FR-ADMIT-9': 'answer-status', 'FR-MSYNC-4': 'waits' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => {
        const route = right.routeRead(view);
        return route.kind === 'wait' ? { kind: 'local' } : route;
      },
    }),
  },
  {
    kind: 'policy',
    id: 'fr-admit-9-listings-show-what-they-have',
    wrong: 'A follower that is behind lists the keys that it has.',
    breaks: { 'FR-ADMIT-9': 'answer-status' },
    parts: (right) => inClass(right, Type.ListKeys, 'uncoordinated'),
  },
  {
    kind: 'patch',
    id: 'fr-admit-9-looks-for-the-bucket-first',
    wrong: 'A follower looks for the bucket of a file before it waits, and says at once that there is none.',
    breaks: { 'FR-ADMIT-9': 'answer-status' },
    file: READ_PATH,
    search: `case 'confirm':
      case 'wait':
        this.#begin(`,
    replace: `case 'confirm':
      case 'wait':
        if (call.request.getFileStatusRequest != null) {
          const early = command.answer(this.#view.state, call.request, this.#view.readContext);
          if (early.status === ${Status.BUCKET_NOT_FOUND}) {
            call.reply({ kind: 'answer', answer: early, raftLeader: undefined });
            return;
          }
        }
        this.#begin(`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-10-learners-show-what-they-have',
    wrong: 'A learner, which is no follower, answers with what it has.',
    breaks: { 'FR-ADMIT-10': 'fresh-read' },
    file: READ_PATH,
    search: 'readClass: command.readClass,',
    replace:
      "readClass: view.position.membership.learners.includes(view.self.id) ? 'uncoordinated' : command.readClass,",
  },
  {
    kind: 'patch',
    id: 'fr-admit-10-learners-msync',
    wrong: 'A learner has the leader confirm an Msync and answers it.',
    breaks: { 'FR-ADMIT-10': 'refusal-class' },
    file: 'reference/node/msync-path.ts',
    search: "switch (parts.admitMsync({ leader: role.role === 'leader', ready: parts.isReady(role) })) {",
    replace: `const learns = this.#view.position.membership.learners.includes(self.id);
    switch (parts.admitMsync({ leader: learns || role.role === 'leader', ready: learns || parts.isReady(role) })) {`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-11-followers-know-no-blocks',
    wrong: 'A follower tells of a key without its blocks, which only the leader asks for.',
    breaks: { 'FR-ADMIT-11': 'blocks-named' },
    file: READ_PATH,
    search: ANSWERED,
    replace: bare('GetKeyInfoResponse', '{ ...told, keyInfo: { ...told.keyInfo, keyLocationList: [] } }'),
  },
  {
    kind: 'patch',
    id: 'fr-admit-11-no-blocks-in-a-status',
    wrong: 'A follower tells the status of a file without its blocks.',
    breaks: { 'FR-ADMIT-11': 'blocks-named' },
    file: READ_PATH,
    search: ANSWERED,
    replace: bare(
      'getFileStatusResponse',
      '{ status: { ...told.status, keyInfo: { ...told.status?.keyInfo, keyLocationList: [] } } }',
    ),
  },
];

/** An answer of a node that does not lead, with one part of its body changed; `told` is what it was. */
function bare(part: string, changed: string): string {
  return `answer: ((answer) => {
          const told = answer.body.${part};
          if (told == null || this.#view.role().role === 'leader') return answer;
          return { ...answer, body: { ${part}: ${changed} } } as typeof answer;
        })(command.answer(state, call.request, readContext)),`;
}
