/** Nodes that make too much, or too little, of messages that are no request (W-5 to W-7). */
import type { Mutant } from '../mutant.js';

const OM_SERVICE = 'reference/service/om-service.ts';
const OM_SERVER = 'reference/service/om-server.ts';
const GIVES_UP = `// Malformed bytes or a missing required field: the generated code has no other reason to throw.
    return undefined;`;
const REFUSED = 'callback({ code: status.UNKNOWN, details: UNDECODABLE });';
const LIMIT = "'grpc.max_receive_message_length': options.maxMessageBytes,";
const SERVED = 'server.addService(OM_SERVICE, omService(options));';
/** What stands before a few damaged bytes at the end, or undefined. */
const READABLE_BEGINNING = `[...Array(16).keys()].map((cut) => grpc.request.subarray(0, -1 - cut)).map(decodeRequest).find((one) => one !== undefined)`;

/** The service once more under another path. */
function servedAlsoAs(path: string): string {
  return `${SERVED}
  server.addService(
    { also: { ...OM_SERVICE.submitRequest, path: '${path}' } },
    { also: omService(options).submitRequest },
  );`;
}

export const MESSAGES: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'w-5-reads-what-it-can',
    wrong: 'A message that breaks off is carried out as far as it can be read.',
    breaks: { 'W-5': 'grpc-refusal' },
    file: OM_SERVICE,
    search: GIVES_UP,
    replace: `for (let end = bytes.length - 1; end > bytes.length - 16; end -= 1) {
      try {
        return decode(hadoop.ozone.OMRequest, new StrictReader(bytes.subarray(0, end)));
      } catch {}
    }
    return undefined;`,
  },
  {
    kind: 'patch',
    id: 'w-5-client-need-not-be-named',
    wrong: 'A request that does not say which client it is from is carried out.',
    breaks: { 'W-5': 'grpc-refusal' },
    file: OM_SERVICE,
    search: GIVES_UP,
    replace: `try {
      return decode(hadoop.ozone.OMRequest, new StrictReader(Buffer.concat([bytes, Buffer.of(0x1a, 0)])));
    } catch {
      return undefined;
    }`,
  },
  {
    kind: 'patch',
    id: 'w-5-long-numbers-passed-over',
    wrong: 'An unknown number may have any length, as the protobuf library has it.',
    breaks: { 'W-5': 'grpc-refusal' },
    file: OM_SERVICE,
    search: 'request = decode(hadoop.ozone.OMRequest, new StrictReader(bytes));',
    replace: 'request = decode(hadoop.ozone.OMRequest, bytes);',
  },
  {
    kind: 'patch',
    id: 'w-5-answered-as-a-business-failure',
    wrong: 'A message that is no request gets an answer with a status.',
    breaks: { 'W-5': 'grpc-refusal' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `const { OMResponse, Status, Type } = hadoop.ozone;
        const answer = { cmdType: Type.UnknownCommand, success: false, status: Status.INVALID_REQUEST };
        callback(null, encode(OMResponse, answer) as Buffer);`,
  },
  {
    kind: 'patch',
    id: 'w-5-refused-and-done',
    wrong: 'A message with bytes too many is refused, and what stands before them is carried out.',
    breaks: { 'W-5': 'nothing-changed' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `${REFUSED}
        const guess = ${READABLE_BEGINNING};
        if (guess !== undefined) options.handler.submit(new GrpcOmCall(grpc, guess, undefined, undefined, options, () => {}));`,
  },
  {
    kind: 'patch',
    id: 'w-5-connection-closed',
    wrong: 'A client that sends what is no request loses its connection.',
    breaks: { 'W-5': 'same-connection' },
    file: OM_SERVICE,
    search: REFUSED,
    replace: `${REFUSED}
        const { stream } = (grpc as unknown as { call: { stream: { session: { close(): void } } } }).call;
        stream.session.close();`,
  },
  {
    kind: 'patch',
    id: 'w-6-no-limit',
    wrong: 'A message may have any size.',
    breaks: { 'W-6': 'grpc-refusal' },
    file: OM_SERVER,
    search: LIMIT,
    replace: "'grpc.max_receive_message_length': -1,",
  },
  {
    kind: 'patch',
    id: 'w-6-limit-of-the-library',
    wrong: 'The limit is the one that the gRPC library comes with, 4 MiB.',
    breaks: { 'W-6': 'answer-status' },
    file: OM_SERVER,
    search: LIMIT,
    replace: '',
  },
  {
    kind: 'patch',
    id: 'w-6-refused-as-a-fault',
    wrong: 'A message above the limit is refused as a fault of the server.',
    breaks: { 'W-6': 'grpc-refusal' },
    file: OM_SERVER,
    search: `${LIMIT}
    'grpc.max_send_message_length': -1,
  });`,
    replace: `'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  });
  const { handler } = options;
  const tooLarge = (call: { grpc?: { request: Buffer } }) => (call.grpc?.request.length ?? 0) > options.maxMessageBytes;
  options = {
    ...options,
    handler: {
      submit: (call) => (tooLarge(call as object) ? call.fault(new Error('too large')) : handler.submit(call)),
    },
  };`,
  },
  {
    kind: 'patch',
    id: 'w-7-letter-case-ignored',
    wrong: 'The method is served with a capital letter too.',
    breaks: { 'W-7': 'grpc-refusal' },
    file: OM_SERVER,
    search: SERVED,
    replace: servedAlsoAs('/hadoop.ozone.OzoneManagerService/SubmitRequest'),
  },
  {
    kind: 'patch',
    id: 'w-7-package-ignored',
    wrong: 'The service is served without the name of its package too.',
    breaks: { 'W-7': 'grpc-refusal' },
    file: OM_SERVER,
    search: SERVED,
    replace: servedAlsoAs('/OzoneManagerService/submitRequest'),
  },
];
