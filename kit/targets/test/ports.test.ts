import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { holdPorts } from '../ports.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Dice that fall so, and then on anything. */
function dice(...ports: number[]): () => number {
  return () => ports.shift() ?? 15_000 + Math.floor(Math.random() * 17_000);
}

async function held(count: number, anyPort = dice()): Promise<readonly number[]> {
  const { ports, release } = await holdPorts(count, anyPort);
  cleanups.push(release);
  return ports;
}

test('a port that is held is nobody else’s, though nobody listens on it', async () => {
  const [first = 0] = await held(1);
  const ports = await held(2, dice(first));
  expect(ports).toHaveLength(2);
  expect(ports).not.toContain(first);
});

test('a port that was given back is there again', async () => {
  const { ports, release } = await holdPorts(1);
  release();
  expect(await held(1, dice(...ports))).toEqual(ports);
});

test('a port on which somebody listens is left alone, and its hold is given back', async () => {
  const { ports, release } = await holdPorts(1);
  release();
  const [port = 0] = ports;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  expect(await held(1, dice(port))).not.toContain(port);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => socket.once('error', reject).bind(port, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => socket.close(resolve));
});

test('the same number twice is one port', async () => {
  const ports = await held(2, dice(15_001, 15_001));
  expect(new Set(ports).size).toBe(2);
});

test('where hardly a port is free, it says so', async () => {
  const [only = 0] = await held(1);
  await expect(holdPorts(1, () => only)).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('found only 0'),
  });
});
