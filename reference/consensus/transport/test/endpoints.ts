/** Real endpoints on loopback for the transport's tests: each records what it hears, and is closed when the test ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OutgoingMessage } from '../../raft-group.js';
import { type PeerAddress, type PeerEvent, PeerTransport, type PeerTransportOptions } from '../peer-transport.js';
import type { ReceivedSnapshot } from '../snapshot-receiver.js';
import type { Timer } from '../timing.js';

export const APPEND = 3;
export const HEARTBEAT = 8;

export const realTimer: Timer = {
  after(delayMs, work) {
    const handle = setTimeout(work, delayMs);
    return () => clearTimeout(handle);
  },
};

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

export interface Heard {
  readonly from: string;
  readonly group: string;
  readonly to: number;
  readonly type: number;
  readonly text: string;
}

export interface Endpoint {
  readonly transport: PeerTransport;
  readonly heard: Heard[];
  readonly events: PeerEvent[];
  readonly unreachable: string[];
  readonly directory: string;
  /** What `onSnapshot` does; a test replaces it. */
  takeSnapshot: (snapshot: ReceivedSnapshot) => Promise<void>;
}

/** Member n of every group lives on node `om<n>`. */
export function addresses(ports: readonly number[]): PeerAddress[] {
  return ports.map((port, at) => ({ node: `om${at + 1}`, number: at + 1, address: `127.0.0.1:${port}` }));
}

export async function startEndpoint(
  all: readonly PeerAddress[],
  number: number,
  overrides: Partial<PeerTransportOptions> = {},
): Promise<Endpoint> {
  const self = all.find((address) => address.number === number);
  if (self === undefined) throw new Error(`no address for number ${number}`);
  const directory = mkdtempSync(join(tmpdir(), 'om-transport-'));
  const heard: Heard[] = [];
  const events: PeerEvent[] = [];
  const unreachable: string[] = [];
  const transport = new PeerTransport({
    cluster: 'cluster-a',
    self,
    others: all.filter((address) => address !== self),
    receivingDirectory: directory,
    timer: realTimer,
    nodeOf: (_, member) => `om${member}`,
    onMessages: (from, messages) => {
      for (const { group, to, type, message } of messages) {
        heard.push({ from, group, to, type, text: Buffer.from(message.subarray(0, 40)).toString() });
      }
    },
    onSnapshot: (snapshot) => endpoint.takeSnapshot(snapshot),
    onStanding: () => Promise.reject(new Error('nobody asks')),
    onUnreachable: (group, member) => unreachable.push(`${group}:${member}`),
    onEvent: (event) => events.push(event),
    ...overrides,
  });
  const endpoint: Endpoint = {
    transport,
    heard,
    events,
    unreachable,
    directory,
    takeSnapshot: () => Promise.resolve(),
  };
  onTestFinished(async () => {
    await transport.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await transport.start();
  return endpoint;
}

/** `count` endpoints that are all connected to each other. */
export async function startConnected(
  count: number,
  overrides: Partial<PeerTransportOptions> = {},
): Promise<Endpoint[]> {
  const all = addresses(await Promise.all(Array.from({ length: count }, freePort)));
  const endpoints: Endpoint[] = [];
  for (const { number } of all) endpoints.push(await startEndpoint(all, number, overrides));
  await until('all are connected', () =>
    endpoints.every(({ transport }) => transport.peers().every((peer) => peer.connected)),
  );
  return endpoints;
}

export function message(to: number, text: string, type = HEARTBEAT): OutgoingMessage {
  return { to, type, bytes: Buffer.from(text) };
}

/** Waits for something that the other end does; names it when it does not happen. */
export async function until(what: string, done: () => boolean, budgetMs = 5000): Promise<void> {
  const end = performance.now() + budgetMs;
  while (!done()) {
    if (performance.now() > end) throw new Error(`did not happen within ${budgetMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
