/** One node of a null OM: a real gRPC server on loopback, in the kit's own process. */
import { createServer } from 'node:net';
import { type handleUnaryCall, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import { EnvironmentError } from '../../failure.js';
import { decode } from '../../wire/plain.js';
import type { NullOm } from './null-om.js';

const asIs = (bytes: Buffer): Buffer => bytes;
const SERVICE = {
  submitRequest: {
    path: '/hadoop.ozone.OzoneManagerService/submitRequest',
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
} as const;

export interface NullServer {
  /** host:port */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * @param node its position among the nodes, from 0
 * @param port 0 = any
 * @throws EnvironmentError PORT_TAKEN
 */
export async function serveNull(om: NullOm, node: number, port = 0): Promise<NullServer> {
  const { answer } = om;
  return answer === 'close' ? await serveClosing(port) : await serveGrpc(answer, node, port);
}

async function serveGrpc(
  answerTo: Exclude<NullOm['answer'], 'close'>,
  node: number,
  port: number,
): Promise<NullServer> {
  const submitRequest: handleUnaryCall<Buffer, Buffer> = ({ request: bytes }, callback) => {
    const answer = answerTo(decode(hadoop.ozone.OMRequest, bytes), bytes, node);
    switch (answer.kind) {
      case 'bytes':
        callback(null, Buffer.from(answer.bytes));
        return;
      case 'refusal':
        callback({ code: status.INTERNAL, details: answer.details });
        return;
      case 'silence':
        return;
    }
  };
  const server = new Server();
  server.addService(SERVICE, { submitRequest });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, given) => {
      if (error === null) resolve(given);
      else reject(new EnvironmentError('PORT_TAKEN', `null OM: ${error.message}`, { cause: error }));
    });
  });
  return { address: `127.0.0.1:${bound}`, close: async () => server.forceShutdown() };
}

async function serveClosing(port: number): Promise<NullServer> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new EnvironmentError('PORT_TAKEN', cause.message, { cause })));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has an address');
  return {
    address: `127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
