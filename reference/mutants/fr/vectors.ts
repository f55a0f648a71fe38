/** Malformed state ids that are taken for something, and others for what they are not (FR-STATE-6). */
import type { Mutant } from '../mutant.js';

const STATE_VECTOR = 'reference/reads/state-vector.ts';
const OM_SERVICE = 'reference/service/om-service.ts';
const REFUSED = `refuseMalformed(\`\${STATE_ID}: \${seen.wrong}\`, options, callback);`;

export const VECTORS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-state-6-no-number-is-none',
    wrong: 'An entry whose index is no number is passed over, and the request carried out as if it had none.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'if (!INDEX.test(digits)) return',
    replace: "if (!INDEX.test(digits)) continue; if (digits === '') return",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-leading-zeros',
    wrong: 'An index may begin with zeros.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'const INDEX = /^(?:0|[1-9]\\d{0,18})$/;',
    replace: 'const INDEX = /^\\d{1,19}$/;',
  },
  {
    kind: 'patch',
    id: 'fr-state-6-more-than-a-long',
    wrong: 'An index may be more than 2^63-1.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'const MAX_INDEX = 2n ** 63n - 1n;',
    replace: 'const MAX_INDEX = 2n ** 64n - 1n;',
  },
  {
    kind: 'patch',
    id: 'fr-state-6-any-case',
    wrong: 'A group may be written in capitals.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: '[0-9a-f]{12})$/;',
    replace: '[0-9a-f]{12})$/i;',
  },
  {
    kind: 'patch',
    id: 'fr-state-6-any-group',
    wrong: 'Whatever stands before the colon is a group, which the node may just not know.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'if (!GROUP.test(group))',
    replace: "if (!GROUP.test(group) && group === '')",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-the-last-one-counts',
    wrong: 'Of two entries for one group the last one counts.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'if (vector.has(group)) return',
    replace: "if (vector.has(group) && group === '') return",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-white-space',
    wrong: 'White space around entries is of no account.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: "const entries = text.split(',', MAX_ENTRIES + 1);",
    replace: "const entries = text.split(',', MAX_ENTRIES + 1).map((entry) => entry.trim());",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-a-comma-too-many',
    wrong: 'Entries that are empty are passed over.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: "const entries = text.split(',', MAX_ENTRIES + 1);",
    replace: "const entries = text.split(',', MAX_ENTRIES + 1).filter((entry) => entry !== '');",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-other-groups-are-not-looked-at',
    wrong: 'What an entry of another group says is not looked at.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'if (!INDEX.test(digits)) return',
    replace: "if (!INDEX.test(digits) && group === 'main') return",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-other-groups-twice',
    wrong: 'Two entries for one group are malformed only where the node has that group.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'if (vector.has(group)) return',
    replace: "if (vector.has(group) && group === 'main') return",
  },
  {
    kind: 'patch',
    id: 'fr-state-6-the-greatest-of-all-groups',
    wrong: 'The greatest index of a vector counts, of whatever group.',
    breaks: { 'FR-STATE-6': 'volume-owner' },
    file: 'reference/node/read-path.ts',
    search: 'seen: call.stateVector?.get(view.group),',
    replace: `seen:
        call.stateVector?.has(view.group) === true
          ? [...call.stateVector.values()].reduce((one, other) => (one > other ? one : other))
          : undefined,`,
  },
  {
    kind: 'patch',
    id: 'fr-state-6-without-bound',
    wrong: 'A vector may have any number of entries.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: STATE_VECTOR,
    search: 'export const MAX_ENTRIES = 128;',
    replace: 'export const MAX_ENTRIES = 1280;',
  },
  {
    kind: 'patch',
    id: 'fr-state-6-writes-are-not-looked-at',
    wrong: 'A write does not depend on the id that it brings, so that is not looked at.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: OM_SERVICE,
    search: 'const seen = options.followerReads === undefined ? undefined : stateIdOf(grpc);',
    replace: `const unread = options.followerReads === undefined || request.setVolumePropertyRequest != null;
      const seen = unread ? undefined : stateIdOf(grpc);`,
  },
  {
    kind: 'patch',
    id: 'fr-state-6-hints-go-before',
    wrong: 'Where a hint says how the read is served, the id is not looked at.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: OM_SERVICE,
    search: 'const seen = options.followerReads === undefined ? undefined : stateIdOf(grpc);',
    replace: `const hinted = request.readConsistencyHint != null;
      const seen = options.followerReads === undefined || hinted ? undefined : stateIdOf(grpc);`,
  },
  {
    kind: 'patch',
    id: 'fr-state-6-answered-from-memory',
    wrong: 'A call that was sent before is answered from memory, whatever id it says.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: OM_SERVICE,
    search: "if (seen !== undefined && 'wrong' in seen) {",
    replace: `const before = ((options as { before?: Set<string> }).before ??= new Set());
      const name = named === undefined ? undefined : \`\${request.clientId} \${named.callId}\`;
      const again = name !== undefined && before.has(name);
      if (name !== undefined) before.add(name);
      if (seen !== undefined && 'wrong' in seen && !again) {`,
  },
  {
    kind: 'patch',
    id: 'fr-state-6-refused-and-carried-out',
    wrong: 'A request with a malformed id is refused, and carried out all the same.',
    breaks: { 'FR-STATE-6': 'volume-owner' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `${REFUSED}
        options.handler.submit(new GrpcOmCall(grpc, request, undefined, undefined, options, () => {}));`,
  },
  {
    kind: 'patch',
    id: 'fr-state-6-says-that-it-failed',
    wrong: 'Who sends a malformed id is told that the server failed.',
    breaks: { 'FR-STATE-6': 'grpc-refusal' },
    file: OM_SERVICE,
    search: 'callback({ code: status.INVALID_ARGUMENT, details, metadata });',
    replace: 'callback({ code: status.INTERNAL, details, metadata });',
  },
];
