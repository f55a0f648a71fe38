/**
 * Finds ports on loopback for a cluster that the kit starts, and holds them for as long as the cluster is there. A node that is down
 * leaves its ports free: without a hold another cluster on this machine may take one of them, and the node cannot come back.
 */
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { EnvironmentError } from '../failure.js';

/** Below the range from which systems take the local ports of outgoing connections, which ask for no hold. */
const FIRST = 15_000;
const LAST = 32_000;
const MAX_TRIES = 200;

export interface HeldPorts {
  readonly ports: readonly number[];
  /** They are anybody's again. */
  release(): void;
}

/**
 * The UDP port of the same number is the hold: nodes listen on TCP alone, nobody else finds it free, and the system gives it back
 * however this process ends.
 *
 * @param anyPort draws one of them
 * @throws EnvironmentError PORT_TAKEN when hardly any port is free
 */
export async function holdPorts(count: number, anyPort = () => randomInt(FIRST, LAST)): Promise<HeldPorts> {
  const held = new Map<number, Socket>();
  const release = () => {
    for (const socket of held.values()) socket.close();
    held.clear();
  };
  for (let tries = 0; tries < MAX_TRIES * count && held.size < count; tries += 1) {
    const port = anyPort();
    const socket = held.has(port) ? undefined : await hold(port);
    if (socket !== undefined) held.set(port, socket);
  }
  if (held.size < count) {
    const found = held.size;
    release();
    throw new EnvironmentError('PORT_TAKEN', `found only ${found} free ports of ${count} between ${FIRST} and ${LAST}`);
  }
  return { ports: [...held.keys()], release };
}

/** Undefined where somebody holds the port, or listens on it. */
async function hold(port: number): Promise<Socket | undefined> {
  const socket = createSocket('udp4');
  const isHeld = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
  if (isHeld && (await nobodyListens(port))) return socket.unref();
  socket.close();
  return undefined;
}

function nobodyListens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
