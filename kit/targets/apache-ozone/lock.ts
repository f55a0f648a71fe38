/**
 * A lock between processes of one machine that cannot be left behind: a socket in Linux's abstract namespace, which the
 * kernel closes with its owner. It guards work, not data: what must be atomic is a rename.
 */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

export interface Lock {
  release(): Promise<void>;
}

/** Undefined when another process holds it. */
export async function tryLock(path: string): Promise<Lock | undefined> {
  const name = createHash('sha256').update(path).digest('hex');
  const server: Server = createServer((socket) => socket.destroy());
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') resolve(false);
      else reject(cause);
    });
    server.listen(`\0om-conformance-${name}`, () => resolve(true));
  });
  if (!taken) return undefined;
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Waits for as long as others hold it; `waiting` is called once, when there is something to wait for. */
export async function lock(path: string, signal: AbortSignal, waiting: () => void): Promise<Lock> {
  for (let told = false; ; told = true) {
    const held = await tryLock(path);
    if (held !== undefined) return held;
    if (!told) waiting();
    await sleep(POLL_MS, undefined, { signal });
  }
}
