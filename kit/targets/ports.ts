/** Finds free ports on loopback for a cluster that the kit starts. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EnvironmentError } from '../failure.js';

/**
 * Below the range from which systems take the local ports of outgoing connections: a node that is down for a while must find
 * its port still free when it comes back.
 */
const FIRST = 15_000;
const LAST = 32_000;
const MAX_TRIES = 200;

/** @throws EnvironmentError PORT_TAKEN when hardly any port is free */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; tries < MAX_TRIES * count && found.size < count; tries += 1) {
    const port = randomInt(FIRST, LAST);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  if (found.size < count) {
    throw new EnvironmentError(
      'PORT_TAKEN',
      `found only ${found.size} free ports of ${count} between ${FIRST} and ${LAST}`,
    );
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
