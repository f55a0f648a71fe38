/** Nodes that carry out what they do not know, or what they were not told (W-8, W-12). */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../namespace/answers.js';
import { type Command, isWrite, type OMRequest } from '../../namespace/command.js';
import { COMMANDS } from '../../namespace/registry.js';
import { VOLUMES } from '../../namespace/tables.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { withWrite } from '../wrapped.js';

const { Type } = hadoop.ozone;
const KNOWN = new Set(COMMANDS.map(({ type }) => type));

/** Commands that nobody carries out are replaced. */
function unknownIs(right: NodeParts, instead: (request: OMRequest, refusing: Command) => Command): NodeParts {
  return {
    ...right,
    commandFor: (request) => {
      const command = right.commandFor(request);
      return KNOWN.has(request.cmdType) ? command : instead(request, command);
    },
  };
}

export const COMMAND_MUTANTS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'w-8-unknown-is-done',
    wrong: 'A command that nobody carries out is reported as done.',
    breaks: { 'W-8': 'no-success' },
    parts: (right) =>
      unknownIs(right, ({ cmdType }) => ({ type: cmdType, readClass: 'any-node', answer: () => ok({}) })),
  },
  {
    kind: 'policy',
    id: 'w-8-refused-and-done',
    wrong: 'A request under the number of a command that nobody carries out is refused, and carried out.',
    breaks: { 'W-8': 'nothing-changed' },
    parts: (right) =>
      unknownIs(right, (request, refusing) => {
        const meant = right.commandFor({ ...request, cmdType: Type.CreateVolume });
        if (!isWrite(meant) || request.createVolumeRequest == null) return refusing;
        const answer = refusal(Status.INVALID_REQUEST, 'not known');
        return { ...meant, plan: (...planned) => ({ ...meant.plan(...planned), answer }) };
      }),
  },
  {
    kind: 'patch',
    id: 'w-8-number-guessed',
    wrong: 'A number that is no command is taken for the command whose request came with it.',
    breaks: { 'W-8': 'no-success' },
    file: 'reference/service/om-service.ts',
    search: `// Malformed bytes or a missing required field: the generated code has no other reason to throw.
    return undefined;`,
    replace: `try {
      const guess = Buffer.concat([bytes, Buffer.of(8, hadoop.ozone.Type.CreateVolume)]);
      return decode(hadoop.ozone.OMRequest, new StrictReader(guess));
    } catch {
      return undefined;
    }`,
  },
  {
    kind: 'policy',
    id: 'w-12-volume-without-a-name',
    wrong: 'CreateVolume without its request makes a volume without a name.',
    breaks: { 'W-12': 'nothing-changed' },
    parts: (right) =>
      withWrite(right, Type.CreateVolume, ({ validate }) => ({
        validate: (request) => (request.createVolumeRequest == null ? undefined : validate?.(request)),
      })),
  },
  {
    kind: 'policy',
    id: 'w-12-deletes-all',
    wrong: 'DeleteVolume without its request deletes every volume.',
    breaks: { 'W-12': 'nothing-changed' },
    parts: (right) =>
      withWrite(right, Type.DeleteVolume, (command) => ({
        plan: (view, request, context) =>
          request.deleteVolumeRequest == null
            ? {
                operations: [...view.scan(VOLUMES, { prefix: new Uint8Array() })].map(([key]) => ({
                  kind: 'delete',
                  table: VOLUMES,
                  key,
                })),
                answer: ok({ deleteVolumeResponse: {} }),
              }
            : command.plan(view, request, context),
      })),
  },
  {
    kind: 'patch',
    id: 'w-12-next-call-lost',
    wrong:
      'A node that is to set a property of a volume, and is not told of which, does not answer the next call on that connection.',
    breaks: { 'W-12': 'node-serves' },
    file: 'reference/service/om-service.ts',
    search: 'const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, callback);',
    replace: `const { session } = (grpc as unknown as { call: { stream: { session: object } } }).call.stream;
      const stuck = ((globalThis as { stuck?: WeakSet<object> }).stuck ??= new WeakSet());
      if (stuck.delete(session)) return;
      if (request.cmdType === hadoop.ozone.Type.SetVolumeProperty && request.setVolumePropertyRequest == null) {
        stuck.add(session);
      }
      const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, callback);`,
  },
];
