import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { ReferenceFailure } from '../../../errors.js';
import type { OutgoingMessage } from '../../raft-group.js';
import { type Chunk, PEER_FORMAT, peerService, type Receipt } from '../peer-wire.js';
import type { ReceivedSnapshot } from '../snapshot-receiver.js';
import { addresses, type Endpoint, freePort, message, startConnected, startEndpoint, until } from './endpoints.js';

const SNAPSHOT = 7;

function announcement(to: number): OutgoingMessage {
  return { to, type: SNAPSHOT, bytes: Buffer.from('snapshot message'), snapshotIndex: 42 };
}

async function pair(): Promise<[Endpoint, Endpoint]> {
  const [a, b] = await startConnected(2, { limits: { snapshotStallMs: 1000 } });
  if (a === undefined || b === undefined) throw new Error('two endpoints were expected');
  return [a, b];
}

function stateFile(endpoint: Endpoint, bytes: number): { path: string; index: number; term: number; content: Buffer } {
  const path = join(endpoint.directory, 'main-42.snapshot');
  const content = randomBytes(bytes);
  writeFileSync(path, content);
  return { path, index: 42, term: 3, content };
}

/** Large enough to be under way when it is cut off; its bytes are holes, so that it is made at once. */
function largeFile(endpoint: Endpoint): { path: string; index: number; term: number } {
  const { content: _, ...state } = stateFile(endpoint, 0);
  truncateSync(state.path, 500_000_000);
  return state;
}

test.each([0, 1, 256 * 1024, 5_000_001])('a file of %i bytes arrives as it was, with its header', async (bytes) => {
  const [a, b] = await pair();
  const state = stateFile(a, bytes);
  let received: (ReceivedSnapshot & { content: Buffer }) | undefined;
  b.takeSnapshot = async (snapshot) => {
    received = { ...snapshot, content: readFileSync(snapshot.path) };
  };
  await a.transport.sendSnapshot('main', announcement(2), state);
  expect(received).toMatchObject({ from: 'om1', group: 'main', index: 42, term: 3 });
  expect(Buffer.from(received?.message ?? []).toString()).toBe('snapshot message');
  expect(received?.content.equals(state.content)).toBe(true);
  // It was not taken away, so it is removed.
  expect(readdirSync(b.directory)).toEqual([]);
});

test('messages are heard while a file is under way, and the sender waits until it was taken', async () => {
  const [a, b] = await pair();
  let take: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => {
    take = resolve;
  });
  b.takeSnapshot = () => taken;
  let done = false;
  const sending = a.transport.sendSnapshot('main', announcement(2), stateFile(a, 3_000_000)).then(() => {
    done = true;
  });
  await until('the file is there', () => readdirSync(b.directory).length === 1);
  a.transport.send('main', [message(2, 'meanwhile')]);
  await until('the message is heard', () => b.heard.length === 1);
  expect(done).toBe(false);
  take();
  await sending;
});

test('a receiver that does not want the file says why, and the sender learns it', async () => {
  const [a, b] = await pair();
  b.takeSnapshot = () => Promise.reject(new ReferenceFailure('SNAPSHOT_DAMAGED', 'the file is no state'));
  const failure = await a.transport
    .sendSnapshot('main', announcement(2), stateFile(a, 1000))
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'SNAPSHOT_TRANSFER_FAILED',
    found: expect.stringContaining('the file is no state'),
  });
  expect(readdirSync(b.directory)).toEqual([]);
  expect(b.events.at(-1)).toMatchObject({ kind: 'snapshot-refused' });
});

test('a node that is not there, or a member that no node has, is unreachable', async () => {
  const all = addresses(await Promise.all([freePort(), freePort()]));
  const alone = await startEndpoint(all, 1);
  const state = stateFile(alone, 10);
  await expect(alone.transport.sendSnapshot('main', announcement(2), state)).rejects.toMatchObject({
    code: 'PEER_UNREACHABLE',
  });
  await expect(alone.transport.sendSnapshot('main', announcement(9), state)).rejects.toMatchObject({
    code: 'PEER_UNREACHABLE',
  });
});

test('a file that is not there fails the transfer, and the receiver keeps nothing', async () => {
  const [a, b] = await pair();
  const missing = { path: join(a.directory, 'absent'), index: 42, term: 3 };
  await expect(a.transport.sendSnapshot('main', announcement(2), missing)).rejects.toMatchObject({
    code: 'SNAPSHOT_TRANSFER_FAILED',
    found: expect.stringContaining('absent'),
  });
  expect(readdirSync(b.directory)).toEqual([]);
});

test.each(['both', 'inbound', 'outbound'] as const)('cut off %s, no file travels', async (direction) => {
  const [a, b] = await pair();
  let taken = 0;
  b.takeSnapshot = async () => {
    taken += 1;
  };
  a.transport.isolate(['om2'], direction);
  await expect(a.transport.sendSnapshot('main', announcement(2), stateFile(a, 10))).rejects.toMatchObject({
    code: 'PEER_UNREACHABLE',
  });
  a.transport.heal();
  b.transport.isolate([], direction);
  await expect(a.transport.sendSnapshot('main', announcement(2), stateFile(a, 10))).rejects.toMatchObject({
    code: 'SNAPSHOT_TRANSFER_FAILED',
    found: expect.stringContaining('cut off'),
  });
  // Outbound only, the receiver takes it and cannot say so.
  expect(taken).toBe(direction === 'outbound' ? 1 : 0);
  b.transport.heal();
  await a.transport.sendSnapshot('main', announcement(2), stateFile(a, 10));
});

test('a cut ends the transfer that is under way, at either end', async () => {
  for (const cut of ['sender', 'receiver'] as const) {
    const [a, b] = await pair();
    const never = new Promise<void>(() => undefined);
    b.takeSnapshot = () => never;
    const sending = a.transport.sendSnapshot('main', announcement(2), largeFile(a)).catch((error: unknown) => error);
    await until('it has begun', () => readdirSync(b.directory).length === 1);
    (cut === 'sender' ? a : b).transport.isolate([], 'both');
    expect(await sending).toMatchObject({ found: expect.stringContaining('cut off') });
    await until('the receiver has removed it', () => readdirSync(b.directory).length === 0);
  }
});

test('a receiver that does not answer is given up after the stall limit', async () => {
  const [a, b] = await pair();
  b.takeSnapshot = () => new Promise<void>(() => undefined);
  await expect(a.transport.sendSnapshot('main', announcement(2), stateFile(a, 10))).rejects.toMatchObject({
    code: 'PEER_UNREACHABLE',
    found: expect.stringContaining('nothing moved for 1000 ms'),
  });
});

const content = Buffer.from('0123456789');
const sha256 = createHash('sha256').update(content).digest();
const hello = { cluster: 'cluster-a', node: 'om1', format: PEER_FORMAT };

function header(values: object): Chunk {
  return {
    header: { hello, group: 'main', index: 42, term: 3, size: 10, message: Buffer.from('m'), ...values },
  } as unknown as Chunk;
}

test.each<[string, Chunk[], string]>([
  ['a flipped byte', [header({}), { data: Buffer.from('0123456798') }, { sha256 }], 'not what was sent'],
  ['too little', [header({}), { data: content.subarray(0, 9) }, { sha256 }], '9 of 10 bytes'],
  ['too much', [header({ size: 9 }), { data: content }, { sha256 }], 'more than the announced 9 bytes'],
  ['no checksum', [header({}), { data: content }], '10 of 10 bytes'],
  ['no header', [{ data: content }, { sha256 }], 'did not begin with a hello'],
  ['no group', [header({ group: '' }), { data: content }], 'does not say which it is'],
  ['another cluster', [header({ hello: { ...hello, cluster: 'cluster-b' } })], 'belongs to cluster "cluster-b"'],
  ['a sender that falls silent', [header({}), { data: content.subarray(0, 5) }], 'nothing arrived for 1000 ms'],
])('%s is refused by the receiver, and nothing of it stays', async (what, chunks, why) => {
  const [, b] = await pair();
  let taken = 0;
  b.takeSnapshot = async () => {
    taken += 1;
  };
  const client = new Client(b.transport.address, credentials.createInsecure());
  onTestFinished(() => client.close());
  const { path, requestSerialize, responseDeserialize } = peerService.InstallSnapshot;
  const error = await new Promise<(Error & { code?: number; details?: string }) | null>((resolve) => {
    const answer = (failure: Error | null, _receipt?: Receipt) => resolve(failure);
    const call = client.makeClientStreamRequest(path, requestSerialize, responseDeserialize, answer);
    for (const chunk of chunks) call.write(chunk);
    if (!what.includes('silent')) call.end();
  });
  expect(error?.code).toBe(9);
  expect(error?.details).toContain(why);
  expect(taken).toBe(0);
  expect(readdirSync(b.directory)).toEqual([]);
  expect(existsSync(b.directory)).toBe(true);
});
