/** Wrong memories of calls (LE-RETRY-1, LE-RETRY-3, LE-RETRY-4). Their rules lose nodes, so each node is a process. */
import type { Mutant } from '../mutant.js';

const WRITE_PATH = 'reference/node/write-path.ts';
const MEMORY = 'reference/node/call-memory.ts';
const ROWS = 'reference/execution/remembered-calls.ts';
const RECALLED = 'if (call === undefined || expired(call.planTimeMs, nowMs, expiryMs)) return undefined;';
const ANSWERED = 'const response = envelope(this.request, reply.answer, reply.raftLeader);';
const TOLD =
  'return sameRequest(call.requestDigest, name.requestDigest) ? rememberedAnswer(call) : otherRequest(name.callId);';

export const CALLS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'le-retry-1-every-attempt-is-a-call',
    wrong: 'A call is carried out as often as it is sent, whatever it is called.',
    breaks: { 'LE-RETRY-1': 'answered-alike' },
    processes: true,
    file: WRITE_PATH,
    search: 'const named = nameOf(call);',
    replace: 'const named = [nameOf(call)].find(() => false);',
  },
  {
    kind: 'patch',
    id: 'le-retry-1-says-nothing-of-its-memory',
    wrong: 'No answer repeats the call id, so that no client may count on the memory.',
    breaks: { 'LE-RETRY-1': 'call-id-repeated' },
    processes: true,
    file: 'reference/service/om-service.ts',
    search: 'if (this.callId !== undefined) trailers.set(CALL_ID, this.callId.toString());',
    replace: '',
  },
  {
    kind: 'patch',
    id: 'le-retry-1-memory-rests-on-no-state',
    wrong: 'An answer from memory tells the id of an empty state, because nothing was looked at for it.',
    breaks: { 'LE-RETRY-1': 'id-not-lower' },
    processes: true,
    file: 'reference/service/om-service.ts',
    search: ANSWERED,
    replace: `${ANSWERED}
        const own = globalThis as { told?: Set<string> };
        own.told ??= new Set();
        const name = \`\${this.request.clientId} \${this.callId}\`;
        if (this.callId !== undefined && own.told.has(name)) trailers.set(STATE_ID, 'main:0');
        own.told.add(name);`,
  },
  {
    kind: 'patch',
    id: 'le-retry-1-nobody-waits-for-the-first',
    wrong: 'A call that is sent again while it is carried out is taken for a new one.',
    breaks: { 'LE-RETRY-1': 'answered-alike' },
    processes: true,
    file: WRITE_PATH,
    search: 'const underWay = this.#open.underWay(key);',
    replace: 'const underWay = [this.#open.underWay(key)].find(() => false);',
  },
  {
    kind: 'patch',
    id: 'le-retry-1-refusals-are-forgotten',
    wrong: 'Only calls that were accepted are remembered.',
    breaks: { 'LE-RETRY-1': 'answered-alike' },
    processes: true,
    file: 'reference/execution/apply.ts',
    search: "if (clientId === '' ||",
    // Status OK.
    replace: "if (transition.answer.status !== 1 || clientId === '' ||",
  },
  {
    kind: 'patch',
    id: 'le-retry-1-only-the-status',
    wrong: 'Of an answer the status is remembered and the body is not.',
    breaks: { 'LE-RETRY-1': 'answered-alike' },
    processes: true,
    file: ROWS,
    search: 'return answerOf(decode(hadoop.ozone.OMResponse, call.response));',
    replace: 'return { status: answerOf(decode(hadoop.ozone.OMResponse, call.response)).status, body: {} };',
  },
  {
    kind: 'patch',
    id: 'le-retry-1-memory-of-one-process',
    wrong: 'A node remembers what was carried out since it was started, and nothing older.',
    breaks: { 'LE-RETRY-1': 'answered-alike' },
    processes: true,
    file: MEMORY,
    search: RECALLED,
    replace: `${RECALLED}
    if (call.planTimeMs < BigInt(Math.floor(performance.timeOrigin))) return undefined;`,
  },
  {
    kind: 'patch',
    id: 'le-retry-3-one-answer-for-every-request',
    wrong: 'Whatever is asked for under the name of a remembered call is told what that call was told.',
    breaks: { 'LE-RETRY-3': 'answer-status' },
    processes: true,
    file: MEMORY,
    search: TOLD,
    replace: 'return rememberedAnswer(call);',
  },
  {
    kind: 'patch',
    id: 'le-retry-3-another-request-is-a-new-call',
    wrong: 'Another request under the name of a remembered call is carried out and remembered in its place.',
    breaks: { 'LE-RETRY-3': 'answer-status' },
    processes: true,
    file: MEMORY,
    search: TOLD,
    replace: 'return sameRequest(call.requestDigest, name.requestDigest) ? rememberedAnswer(call) : undefined;',
  },
  {
    kind: 'patch',
    id: 'le-retry-3-digest-of-what-was-understood',
    wrong: 'A request is known again by what this version understood of it, not by what was received.',
    breaks: { 'LE-RETRY-3': 'answer-status' },
    processes: true,
    file: 'reference/service/om-service.ts',
    search: 'requestDigest(request.cmdType, grpc.request)',
    replace: 'requestDigest(request.cmdType, encode(hadoop.ozone.OMRequest, request))',
  },
  {
    kind: 'patch',
    id: 'le-retry-4-never-forgets',
    wrong: 'A call is remembered for ever.',
    breaks: { 'LE-RETRY-4': 'call-expiry' },
    processes: true,
    file: ROWS,
    search: 'return planTimeMs + BigInt(expiryMs) <= nowMs;',
    replace: 'return planTimeMs + BigInt(expiryMs) * 1000n <= nowMs;',
  },
  {
    kind: 'patch',
    id: 'le-retry-4-forgets-too-early',
    wrong: 'A call is forgotten after half the time.',
    breaks: { 'LE-RETRY-4': 'call-expiry' },
    processes: true,
    file: ROWS,
    search: 'return planTimeMs + BigInt(expiryMs) <= nowMs;',
    replace: 'return planTimeMs + BigInt(expiryMs) / 2n <= nowMs;',
  },
  {
    kind: 'patch',
    id: 'le-retry-4-asking-prolongs',
    wrong: 'A call is remembered as long again each time that it is asked for.',
    breaks: { 'LE-RETRY-4': 'call-expiry' },
    processes: true,
    file: MEMORY,
    search: RECALLED,
    replace: `if (call === undefined) return undefined;
    const asked = (globalThis.asked ??= new Map());
    const id = Buffer.from(key).toString('hex');
    if (expired(asked.get(id) ?? call.planTimeMs, nowMs, expiryMs)) return undefined;
    asked.set(id, nowMs);`,
  },
  {
    kind: 'patch',
    id: 'le-retry-4-dated-by-the-replica',
    wrong: 'A node that was started again counts the time of every call from its start.',
    breaks: { 'LE-RETRY-4': 'call-expiry' },
    processes: true,
    file: MEMORY,
    search: RECALLED,
    replace: `if (call === undefined) return undefined;
    const startedMs = BigInt(Math.floor(performance.timeOrigin));
    if (expired(call.planTimeMs > startedMs ? call.planTimeMs : startedMs, nowMs, expiryMs)) return undefined;`,
  },
];
