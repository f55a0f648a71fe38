/** Answers of one kind that tell another id than all others do (FR-STATE-1 to FR-STATE-4, FR-ADMIT-10). */
import type { Mutant } from '../mutant.js';
import { ANSWERED, NEW_CALL, OM_SERVICE, REFUSED, TOLD, telling } from './told-ids.js';

const WRITE_PATH = 'reference/node/write-path.ts';

/** A write of which one is under way that `same` says is the same is answered with `answer` at once. */
function decidedAhead(same: string, answer: string): string {
  return `for (const open of this.#open.writes()) {
      const [one, other] = [open.call.request, call.request];
      if (open.planned === undefined || !(${same})) continue;
      call.reply({ kind: 'answer', answer: ${answer}, raftLeader: view.self.node });
      return;
    }
    const write: Write = {`;
}

export const EXCEPTIONAL_IDS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-state-1-not-after-a-wait',
    wrong: 'A read that has waited in vain is told no state id: nobody who answers knows of its call any more.',
    breaks: { 'FR-STATE-1': 'state-id-carried' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `if (refusal.kind === 'retriable' && refusal.text.includes('within')) trailers.remove(STATE_ID); ${REFUSED}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-1-not-with-malformed-call-ids',
    wrong: 'Who sends a malformed call id is told no state id: that is looked at before.',
    breaks: { 'FR-STATE-1': 'state-id-carried' },
    file: OM_SERVICE,
    search: `refuseMalformed(\`\${CALL_ID}: \${named.wrong}\`, options, callback);`,
    replace: `callback({ code: status.INVALID_ARGUMENT, details: \`\${CALL_ID}: \${named.wrong}\` });`,
  },
  {
    kind: 'patch',
    id: 'fr-state-2-hinted-and-taken-on-arrival',
    wrong: 'A read with a hint is told the id of when it came, whatever was confirmed and applied meanwhile.',
    breaks: { 'FR-STATE-2': 'id-covers' },
    file: OM_SERVICE,
    search: NEW_CALL,
    replace: telling('((before) => (request.readConsistencyHint == null ? own : () => before))(own())'),
  },
  {
    kind: 'patch',
    id: 'fr-state-2-refused-for-what-is-under-way',
    wrong: 'A write is refused because of another one that is under way, with the id of before that one.',
    breaks: { 'FR-STATE-2': 'id-not-ahead' },
    file: WRITE_PATH,
    search: 'const write: Write = {',
    replace: decidedAhead(
      `one.createVolumeRequest != null &&
        one.createVolumeRequest.volumeInfo?.volume === other.createVolumeRequest?.volumeInfo?.volume`,
      "{ status: hadoop.ozone.Status.VOLUME_ALREADY_EXISTS, message: '', body: {} }",
    ),
  },
  {
    kind: 'patch',
    id: 'fr-state-2-already-so-by-what-is-under-way',
    wrong: 'A write that says the same as one that is under way is told at once that it is so, as in HDFS-15915.',
    breaks: { 'FR-STATE-2': 'id-not-ahead' },
    file: WRITE_PATH,
    search: 'const write: Write = {',
    replace: decidedAhead(
      `one.setVolumePropertyRequest != null &&
        one.setVolumePropertyRequest.volumeName === other.setVolumePropertyRequest?.volumeName &&
        one.setVolumePropertyRequest.ownerName === other.setVolumePropertyRequest?.ownerName`,
      'open.planned.answer',
    ),
  },
  {
    kind: 'patch',
    id: 'fr-state-3-echoes-from-a-cache',
    wrong: 'An echo, which reads nothing, is told the id of up to a tenth of a second ago.',
    breaks: { 'FR-STATE-3': 'id-order' },
    file: OM_SERVICE,
    search: NEW_CALL,
    replace: `const cache = globalThis as unknown as { ids?: Map<string, { atMs: number; vector: StateVector }> };
      cache.ids ??= new Map();
      const kept = cache.ids.get(options.nodeId);
      const id = () => {
        if (kept !== undefined && performance.now() - kept.atMs < 100) return kept.vector;
        cache.ids?.set(options.nodeId, { atMs: performance.now(), vector: own() });
        return own();
      };
      ${telling('request.cmdType === hadoop.ozone.Type.EchoRPC ? id : own')}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-3-refusals-from-a-cache',
    wrong: 'Who is refused is told the id of up to a tenth of a second ago.',
    breaks: { 'FR-STATE-3': 'id-order' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `const cache = globalThis as unknown as { ids?: Map<string, { atMs: number; text: string }> };
        cache.ids ??= new Map();
        const { nodeId } = this.options;
        const kept = cache.ids.get(nodeId);
        if (kept !== undefined && performance.now() - kept.atMs < 100) trailers.set(STATE_ID, kept.text);
        else cache.ids.set(nodeId, { atMs: performance.now(), text: String(trailers.get(STATE_ID)[0]) });
        ${REFUSED}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-3-what-the-client-said',
    wrong: 'A client is never told less than it said, so that its id does not fall.',
    breaks: { 'FR-STATE-3': 'id-order' },
    file: OM_SERVICE,
    search: NEW_CALL,
    replace: `const greater = () => {
        const [mine = 0n, sent = 0n] = [own().get('main'), seen?.vector.get('main')];
        return new Map([['main', mine > sent ? mine : sent]]);
      };
      ${telling('greater')}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-3-anew-with-each-term',
    wrong: 'A leader that has applied nothing of its term yet tells the id of an empty state.',
    breaks: { 'FR-STATE-3': 'id-covers' },
    file: 'reference/node/runtime.ts',
    search: TOLD,
    replace: `const role = replica.role();
    if (role.role === 'leader' && !replica.parts.isReady(role)) return new Map([[replica.group, 0n]]);
    ${TOLD}`,
  },
  {
    kind: 'patch',
    id: 'fr-state-4-an-msync-for-an-id',
    wrong: 'The trailer of an Msync says what its message says, which the leader may not have applied.',
    breaks: { 'FR-STATE-4': 'id-not-ahead' },
    file: OM_SERVICE,
    search: ANSWERED,
    replace: `${ANSWERED}
        const msynced = response.msyncResponse?.lastAppliedIndex;
        if (msynced != null) trailers.set(STATE_ID, \`main:\${msynced}\`);`,
  },
  {
    kind: 'patch',
    id: 'fr-admit-10-learners-tell-what-is-committed',
    wrong: 'A learner tells what it knows to be committed, which it may not have applied.',
    breaks: { 'FR-ADMIT-10': 'id-not-ahead' },
    file: 'reference/node/runtime.ts',
    search: TOLD,
    replace: `if (replica.standing() === 'learner') return new Map([[replica.group, BigInt(replica.commitIndex())]]);
    ${TOLD}`,
  },
];
