/** Starts and stops a gRPC server on one address, and says in the registry's words why it cannot. */
import { Server, ServerCredentials, type ServerOptions } from '@grpc/grpc-js';
import { ReferenceFailure } from '../errors.js';

/** @throws ReferenceFailure `PORT_IN_USE`, `ADDRESS_UNUSABLE`. Answers the address with the port that was given. */
export async function listen(server: Server, address: string): Promise<string> {
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(bindFailure(address, error));
    });
  });
  return `${address.slice(0, address.lastIndexOf(':'))}:${port}`;
}

/** Lets calls that are being answered end for `graceMs`, then cuts them off. */
export async function close(server: Server, graceMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}

export function newServer(options: ServerOptions): Server {
  return new Server(options);
}

function bindFailure(address: string, cause: Error): ReferenceFailure {
  if (cause.message.includes('EADDRINUSE')) {
    return new ReferenceFailure('PORT_IN_USE', `${address} is taken (EADDRINUSE)`, { cause });
  }
  return new ReferenceFailure('ADDRESS_UNUSABLE', `${address} cannot be bound: ${cause.message}`, { cause });
}
