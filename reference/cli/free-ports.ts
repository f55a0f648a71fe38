/** Ports for a new cluster on loopback: consecutive ones from a base, or any that are free now. */
import { createServer } from 'node:net';
import { ReferenceFailure } from '../errors.js';

/**
 * Below the range that systems use for outgoing connections: a node that is down must find its port free when it comes back.
 */
const FIRST = 18_000;
const LAST = 32_000;

/** @throws ReferenceFailure `PORT_IN_USE` when one of the consecutive ports is taken, or none is found */
export async function choosePorts(count: number, base: number | undefined): Promise<number[]> {
  if (base !== undefined) {
    const ports = Array.from({ length: count }, (_, at) => base + at);
    for (const port of ports) {
      if (!(await isFree(port))) throw new ReferenceFailure('PORT_IN_USE', `127.0.0.1:${port} is taken (EADDRINUSE)`);
    }
    return ports;
  }
  const found: number[] = [];
  // Neighbouring clusters start looking at different places.
  const start = FIRST + (process.pid % 1000) * 10;
  for (let port = start; port < LAST && found.length < count; port++) {
    if (await isFree(port)) found.push(port);
  }
  if (found.length < count) throw new ReferenceFailure('PORT_IN_USE', `found ${found.length} free ports of ${count}`);
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
