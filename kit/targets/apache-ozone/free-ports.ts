/**
 * Finds out which ports can be listened on now. Somebody may take one a moment later; then the server that wanted it says
 * so in its log, and the start fails.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EnvironmentError } from '../../failure.js';
import { layoutOf, PORT_SPAN, type PortUse, portsOf } from './layout.js';

/** Below the ports that Linux gives to outgoing connections, above what servers usually have. */
const SEARCH = { from: 21_000, to: 32_700, tries: 60 } as const;

/** The first of `ports` that cannot be listened on, undefined when all can. */
export async function firstTaken(ports: readonly PortUse[]): Promise<PortUse | undefined> {
  const taken = await Promise.all(ports.map(async (use) => ((await canListen(use.port)) ? undefined : use)));
  return taken.find((use) => use !== undefined);
}

/**
 * @param ports those that are about to be listened on
 * @throws EnvironmentError PORT_TAKEN
 */
export async function requireFree(ports: readonly PortUse[], basePort: number): Promise<void> {
  const taken = await firstTaken(ports);
  if (taken === undefined) return;
  throw new EnvironmentError(
    'PORT_TAKEN',
    `port ${taken.port}, meant for ${taken.use}, is in use: end what listens there, or choose another base port ` +
      `(${basePort} to ${basePort + PORT_SPAN - 1} are needed)`,
  );
}

/** A base port with all its ports free. Chosen at random, so that two runs that start together seldom meet. */
export async function findBasePort(): Promise<number> {
  for (let tries = 0; tries < SEARCH.tries; tries += 1) {
    const basePort = randomInt(SEARCH.from, SEARCH.to - PORT_SPAN);
    if ((await firstTaken(portsOf(layoutOf(basePort)))) === undefined) return basePort;
  }
  throw new EnvironmentError(
    'PORT_TAKEN',
    `${SEARCH.tries} random places between ports ${SEARCH.from} and ${SEARCH.to} had a port in use: give basePort`,
  );
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE' || cause.code === 'EACCES') resolve(false);
      else reject(cause);
    });
    // All interfaces, because some of Ozone's servers listen on all.
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
