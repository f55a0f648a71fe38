/** Clients of follower reads that are shown less than they may rely on (FR-GUAR). */
import { hadoop } from '#proto';
import type { Mutant } from '../mutant.js';
import { inClass, remembering } from '../wrapped.js';
import { ANSWERED } from './told-ids.js';

const { Status, Type } = hadoop.ozone;
const ABOVE_FLOOR = 'reference/reads/above-floor.ts';
const TOO_FAR =
  "return seen - BigInt(appliedIndex) > BigInt(maxLag) ? { kind: 'refuse', why: 'too-far-behind' } : waitFor(seen);";
const OM_SERVICE = 'reference/service/om-service.ts';
const READ_PATH = 'reference/node/read-path.ts';
const REPLICA = 'reference/node/replica.ts';
const COMMITTED = 'this.apply.add(ready.committed);';
const SUBMITTED =
  "const route = this.#route(call, command);\n    switch (route.kind) {\n      case 'local':\n        this.#answer(";

export const GUARANTEES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'fr-guar-1-volumes-at-once',
    wrong: 'Followers tell of volumes at once, whatever the client has written.',
    breaks: { 'FR-GUAR-1': 'answer-status' },
    parts: (right) => inClass(right, Type.InfoVolume, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-guar-1-lookups-at-once',
    wrong: 'Followers look up keys at once: that there are two ways to read one was forgotten.',
    breaks: { 'FR-GUAR-1': 'answer-status' },
    parts: (right) => inClass(right, Type.LookupKey, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-guar-1-remembers-what-was-not-there',
    wrong: 'A node remembers which volumes were not there until it carries out a write itself.',
    breaks: { 'FR-GUAR-1': 'answer-status' },
    parts: (right) => remembering(right, Type.InfoVolume, Status.VOLUME_NOT_FOUND),
  },
  {
    kind: 'policy',
    id: 'fr-guar-1-remembers-what-was-there',
    wrong: 'A node keeps the volumes that it has shown until it carries out a write itself.',
    breaks: { 'FR-GUAR-1': 'volume-owner' },
    parts: (right) => remembering(right, Type.InfoVolume, Status.OK),
  },
  {
    kind: 'patch',
    id: 'fr-guar-2-reads-teach-nothing',
    wrong: 'The answer to a read tells the id of an empty state: a client has to know what it wrote, and nothing else.',
    breaks: { 'FR-GUAR-2': 'volume-owner' },
    file: OM_SERVICE,
    search: ANSWERED,
    replace: `${ANSWERED} if (response.infoVolumeResponse != null) trailers.set(STATE_ID, 'main:0');`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-2-nothing-there-nothing-told',
    wrong: 'Who is told that something is not there is told the id of an empty state.',
    breaks: { 'FR-GUAR-2': 'answer-status' },
    file: OM_SERVICE,
    search: ANSWERED,
    replace: `${ANSWERED} if (!response.success) trailers.set(STATE_ID, 'main:0');`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-2-tells-what-it-waited-for',
    wrong: 'A read that waited is answered with the id that it brought.',
    breaks: { 'FR-GUAR-2': 'id-covers' },
    file: OM_SERVICE,
    search: "this.grpc.once('cancelled', listener);",
    replace: `this.grpc.once('cancelled', listener);
    const { callback, stateVector } = this;
    if (stateVector === undefined) return;
    (this as unknown as { callback: sendUnaryData<Buffer> }).callback = (error, value, trailers) => {
      trailers?.set(STATE_ID, formatStateVector(stateVector));
      callback(error, value, trailers);
    };`,
  },
  {
    kind: 'policy',
    id: 'fr-guar-3-keys-are-listed-at-once',
    wrong: 'Followers list keys at once.',
    breaks: { 'FR-GUAR-3': 'listing-content' },
    parts: (right) => inClass(right, Type.ListKeys, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-guar-3-short-lists-at-once',
    wrong: 'Followers list keys in short at once, which is the newer of two commands.',
    breaks: { 'FR-GUAR-3': 'listing-content' },
    parts: (right) => inClass(right, Type.ListKeysLight, 'uncoordinated'),
  },
  {
    kind: 'policy',
    id: 'fr-guar-3-remembers-listings',
    wrong: 'A node keeps the listings that it has shown until it carries out a write itself.',
    breaks: { 'FR-GUAR-3': 'listing-content' },
    parts: (right) => remembering(right, Type.ListKeys, Status.OK),
  },
  {
    kind: 'patch',
    id: 'fr-guar-4-leaders-are-never-behind',
    wrong: 'A leader answers at once, although it has not applied what its client saw before it led.',
    breaks: { 'FR-GUAR-4': 'volume-owner' },
    processes: true,
    file: ABOVE_FLOOR,
    search: "if (leader) return seen <= BigInt(commitIndex) ? waitFor(seen) : { kind: 'confirm' };",
    replace: "if (leader) return { kind: 'local' };",
  },
  {
    kind: 'patch',
    id: 'fr-guar-4-shows-what-it-kept',
    wrong: 'A node that was started answers with what it has kept until it hears of a leader.',
    breaks: { 'FR-GUAR-4': 'fresh-read' },
    processes: true,
    file: READ_PATH,
    search: SUBMITTED,
    replace: `const route: ReadRoute =
      this.#view.leader() === undefined ? { kind: 'local' } : this.#route(call, command);
    switch (route.kind) {
      case 'local':
        this.#answer(`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-5-shows-what-it-has',
    wrong: 'A follower answers with what it has, whatever the client has seen.',
    breaks: { 'FR-GUAR-5': 'linearizable' },
    processes: true,
    file: ABOVE_FLOOR,
    search: TOO_FAR,
    replace: "return maxLag < 0 ? waitFor(seen) : { kind: 'local' };",
  },
  {
    kind: 'patch',
    id: 'fr-guar-5-ids-lag',
    wrong: 'Answers tell the id of some entries before, so that a client does not know what it wrote.',
    breaks: { 'FR-GUAR-5': 'sequential-per-client' },
    processes: true,
    file: 'reference/node/runtime.ts',
    search: 'return new Map([[replica.group, BigInt(replica.parts.stateIndex(replica))]]);',
    replace: 'return new Map([[replica.group, BigInt(Math.max(0, replica.parts.stateIndex(replica) - 12))]]);',
  },
  {
    kind: 'patch',
    id: 'fr-guar-6-shown-by-the-next-write',
    wrong: 'A follower applies an entry when the next one comes, which tells that it is committed.',
    breaks: { 'FR-GUAR-6': 'idle-follower-shows' },
    file: REPLICA,
    search: COMMITTED,
    replace: `const kept = this as unknown as { last?: typeof ready.committed };
    const all = [...(kept.last ?? []), ...ready.committed];
    const leads = this.role().role === 'leader';
    kept.last = leads ? [] : all.slice(-1);
    this.apply.add(leads ? all : all.slice(0, -1));`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-6-tails-the-log',
    wrong: 'A follower fetches what is committed twice a second, as HDFS observers do from their journals.',
    breaks: { 'FR-GUAR-6': 'idle-follower-in-time' },
    file: REPLICA,
    search: COMMITTED,
    replace: `const { committed } = ready;
    if (this.role().role === 'leader') this.apply.add(committed);
    else if (committed.length > 0) setTimeout(() => this.apply.add(committed), 500);`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-7-the-log-never-sleeps',
    wrong:
      'The leader adds an entry with every tick, so that followers hear of what is committed, as observers make HDFS roll its log.',
    breaks: { 'FR-GUAR-7': 'log-quiet' },
    file: REPLICA,
    search: 'this.raft.tick();',
    replace: `this.raft.tick();
    if (this.role().role === 'leader') this.raft.propose([new Uint8Array(0)]);`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-7-no-patience-with-msyncs',
    wrong:
      'The leader refuses an Msync that is not confirmed at once, which it is only while nobody else wants anything.',
    breaks: { 'FR-GUAR-7': 'msync-answered' },
    file: 'reference/node/msync-path.ts',
    search: 'new DeadlineQueue(view.configuration.readTimeoutMs)',
    replace: 'new DeadlineQueue(1)',
  },
  {
    kind: 'patch',
    id: 'fr-guar-7-confirmed-by-an-entry',
    wrong: 'The leader confirms the reads of followers by entries of its own.',
    breaks: { 'FR-GUAR-7': 'log-quiet' },
    file: REPLICA,
    search: 'const round = this.#confirmations.nextRound();',
    replace: `const round = this.#confirmations.nextRound();
    const shared = globalThis as unknown as { asked?: number };
    if (this.role().role !== 'leader') shared.asked = (shared.asked ?? 0) + (round === undefined ? 0 : 1);
    else if ((shared.asked ?? 0) > 0) {
      shared.asked = 0;
      this.raft.propose([new Uint8Array(0)]);
    }`,
  },
  {
    kind: 'patch',
    id: 'fr-guar-7-waiting-reads-nudge',
    wrong: 'Reads that wait have the leader add entries, so that the follower hears how far it has come.',
    breaks: { 'FR-GUAR-7': 'log-quiet' },
    file: REPLICA,
    search: 'this.raft.tick();',
    replace: `this.raft.tick();
    const shared = globalThis as unknown as { nudged?: boolean };
    if (this.reads.waiting > 0) shared.nudged = true;
    if (shared.nudged === true && this.role().role === 'leader') {
      shared.nudged = false;
      this.raft.propose([new Uint8Array(0)]);
    }`,
  },
];
