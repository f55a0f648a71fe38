/** Wrong envelopes and wrong ways to fail (W-1 to W-4). */
import type { Mutant } from '../mutant.js';

const ENVELOPE = 'reference/service/envelope.ts';
const OM_SERVICE = 'reference/service/om-service.ts';

export const ANSWERS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'w-1-failure-without-its-command',
    wrong: 'An answer that says that something failed names another command than the one that was asked for.',
    breaks: { 'W-1': 'answer-command' },
    file: ENVELOPE,
    search: 'cmdType: request.cmdType,',
    replace: 'cmdType: answer.status === hadoop.ozone.Status.OK ? request.cmdType : hadoop.ozone.Type.EchoRPC,',
  },
  {
    kind: 'patch',
    id: 'w-2-always-success',
    wrong: 'Every answer says success, whatever its status.',
    breaks: { 'W-2': 'success-flag' },
    file: ENVELOPE,
    search: 'success: answer.status === hadoop.ozone.Status.OK,',
    replace: 'success: true,',
  },
  {
    kind: 'patch',
    id: 'w-3-business-failure-as-grpc-error',
    wrong: 'What the namespace decides against is refused by gRPC, as if the node could not answer.',
    breaks: { 'W-3': 'business-failure' },
    file: OM_SERVICE,
    search: 'const response = envelope(this.request, reply.answer, reply.raftLeader);',
    replace: `const response = envelope(this.request, reply.answer, reply.raftLeader);
        if (response.status !== hadoop.ozone.Status.OK) {
          this.#replied = true;
          this.callback({ code: status.INTERNAL, details: \`OMException: \${response.message ?? ''}\`, metadata: trailers });
          return;
        }`,
  },
  {
    kind: 'patch',
    id: 'w-3-refusal-without-class',
    wrong: 'A refusal says why, and not of which class it is.',
    breaks: { 'W-3': 'routing-failure' },
    file: OM_SERVICE,
    search: 'details: refusalDetails(refusal),',
    replace: "details: refusalDetails(refusal).replace(/^[^:]*: /, ''),",
  },
  {
    kind: 'patch',
    id: 'w-4-strict-about-fields',
    wrong: 'A request with a field that this version does not know counts as undecodable.',
    breaks: { 'W-4': 'answer-status' },
    file: OM_SERVICE,
    search: 'request = decode(hadoop.ozone.OMRequest, new StrictReader(bytes));',
    replace: `request = decode(hadoop.ozone.OMRequest, new StrictReader(bytes));
    if (encode(hadoop.ozone.OMRequest, request).length !== bytes.length) return undefined;`,
  },
];
