import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client, credentials } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { type Frame, PEER_FORMAT, peerService } from '../peer-wire.js';
import {
  APPEND,
  addresses,
  type Endpoint,
  freePort,
  HEARTBEAT,
  message,
  startConnected,
  startEndpoint,
  until,
} from './endpoints.js';

function three(endpoints: Endpoint[]): [Endpoint, Endpoint, Endpoint] {
  const [a, b, c] = endpoints;
  if (a === undefined || b === undefined || c === undefined) throw new Error('three endpoints were expected');
  return [a, b, c];
}

test('messages of several groups travel in every direction over one stream a pair', async () => {
  const endpoints = await startConnected(3);
  for (const [at, { transport }] of endpoints.entries()) {
    for (const group of ['main', 'b1']) {
      transport.send(
        group,
        [1, 2, 3].filter((to) => to !== at + 1).map((to) => message(to, `${at + 1} to ${to}`)),
      );
    }
  }
  await until('everyone has heard four messages', () => endpoints.every(({ heard }) => heard.length === 4));
  const [a, b, c] = three(endpoints);
  expect(b.heard).toContainEqual({ from: 'om1', group: 'b1', to: 2, type: HEARTBEAT, text: '1 to 2' });
  expect(a.heard.map(({ from }) => from).sort()).toEqual(['om2', 'om2', 'om3', 'om3']);
  // All of one turn for one node is one frame.
  expect(
    c.transport.peers().map(({ framesSent, messagesSent, connections }) => [framesSent, messagesSent, connections]),
  ).toEqual([
    [1, 2, 1],
    [1, 2, 1],
  ]);
});

test('messages to a node that is not reached are lost, and consensus is told once per turn and member', async () => {
  const all = addresses(await Promise.all([freePort(), freePort()]));
  const alone = await startEndpoint(all, 1);
  alone.transport.send('main', [message(2, 'x'), message(2, 'y'), message(7, 'nobody')]);
  alone.transport.send('b1', [message(2, 'z')]);
  alone.transport.flush();
  expect(alone.unreachable).toEqual(['main:2', 'main:7', 'b1:2']);
  expect(alone.transport.peers()).toMatchObject([
    { node: 'om2', connected: false, messagesDropped: 3, waitingBytes: 0 },
  ]);
});

test('a node that comes back is connected again, and what was lost meanwhile does not turn up', async () => {
  const all = addresses(await Promise.all([freePort(), freePort()]));
  const a = await startEndpoint(all, 1);
  const first = await startEndpoint(all, 2);
  await until('connected', () => a.transport.peers()[0]?.connected === true);
  await first.transport.close();
  await until('the loss is noticed', () => a.transport.peers()[0]?.connected === false);
  a.transport.send('main', [message(2, 'lost')]);
  a.transport.flush();
  const second = await startEndpoint(all, 2);
  await until('connected again', () => a.transport.peers()[0]?.connected === true);
  a.transport.send('main', [message(2, 'after')]);
  second.transport.send('main', [message(1, 'back')]);
  await until('both have heard', () => second.heard.length > 0 && a.heard.length > 0);
  expect(second.heard.map(({ text }) => text)).toEqual(['after']);
  expect(a.heard.map(({ text }) => text)).toEqual(['back']);
  expect(a.events.map(({ kind }) => kind)).toEqual(['connected', 'disconnected', 'connected']);
});

test('a node of another cluster is refused by name on both sides, counted, and told once', async () => {
  const all = addresses(await Promise.all([freePort(), freePort()]));
  const a = await startEndpoint(all, 1);
  const b = await startEndpoint(all, 2, { cluster: 'cluster-b' });
  await until('several attempts were refused', () => a.transport.hellosRefused >= 3 && b.transport.hellosRefused >= 3);
  for (const { transport, events } of [a, b]) {
    expect(transport.peers()[0]?.connected).toBe(false);
    expect(events.length).toBe(1);
    expect(events[0]).toMatchObject({ kind: 'refused', failure: { code: 'PEER_REFUSED' } });
  }
  expect(b.events[0]).toMatchObject({ failure: { found: expect.stringContaining('belongs to cluster "cluster-a"') } });
  expect(a.events[0]).toMatchObject({
    failure: { found: expect.stringContaining('this node belongs to "cluster-b"') },
  });
});

test('another node than the one that was dialled is refused', async () => {
  const all = addresses(await Promise.all([freePort(), freePort(), freePort()]));
  const [, second, third] = all;
  if (second === undefined || third === undefined) throw new Error('three addresses were expected');
  await startEndpoint(all, 2);
  // Its configuration has the addresses of om2 and om3 exchanged.
  const exchanged = all.map((entry) =>
    entry.number === 2
      ? { ...entry, address: third.address }
      : entry.number === 3
        ? { ...entry, address: second.address }
        : entry,
  );
  const a = await startEndpoint(exchanged, 1);
  await until('it was refused', () => a.transport.hellosRefused > 0);
  expect(a.events[0]).toMatchObject({
    failure: { found: `the node at ${second.address} says that it is node "om2", expected was om3` },
  });
  expect(a.transport.peers().map(({ connected }) => connected)).toEqual([false, false]);
});

test.each<[string, Frame[], string]>([
  [
    'another format',
    [{ hello: { cluster: 'cluster-a', node: 'om1', format: PEER_FORMAT + 1 } }],
    'speaks node-to-node format 2',
  ],
  [
    'messages before the hello',
    [{ messages: [{ group: 'main', to: 2, type: 8, message: Buffer.from('x') }] }],
    'did not begin with a hello',
  ],
  [
    'a node of a higher number',
    [{ hello: { cluster: 'cluster-a', node: 'om3', format: PEER_FORMAT } }],
    'node "om3", expected was om1',
  ],
  ['no hello at all', [], 'said no hello within 200 ms'],
])('a stream that begins with %s is refused', async (_, frames, why) => {
  const all = addresses(await Promise.all([freePort(), freePort(), freePort()]));
  const b = await startEndpoint(all, 2, { limits: { helloTimeoutMs: 200 } });
  const client = new Client(all[1]?.address ?? '', credentials.createInsecure());
  onTestFinished(() => client.close());
  const { path, requestSerialize, responseDeserialize } = peerService.Connect;
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
  for (const frame of frames) call.write(frame);
  const error = await new Promise<Error & { code?: number; details?: string }>((resolve) => {
    call.on('error', resolve);
    call.resume();
  });
  expect(error.code).toBe(9);
  expect(error.details).toContain(why);
  expect(b.transport.hellosRefused).toBe(1);
  expect(b.heard).toEqual([]);
});

test('cut off outbound, a node is not heard by that one node; it hears it, and the third is not concerned', async () => {
  const [a, b, c] = three(await startConnected(3));
  a.transport.isolate(['om2'], 'outbound');
  a.transport.send('main', [message(2, 'cut'), message(3, 'a to c')]);
  b.transport.send('main', [message(1, 'b to a')]);
  await until('the others are heard', () => a.heard.length === 1 && c.heard.length === 1);
  expect(a.unreachable).toEqual([]);
  a.transport.heal();
  // Whatever went out before goes before this on the same stream.
  a.transport.send('main', [message(2, 'healed')]);
  await until('b hears after the healing', () => b.heard.length > 0);
  expect(b.heard.map(({ text }) => text)).toEqual(['healed']);
});

test('cut off inbound, a node does not hear that one node; it is heard, and the third is not concerned', async () => {
  const [a, b, c] = three(await startConnected(3));
  a.transport.isolate(['om2'], 'inbound');
  b.transport.send('main', [message(1, 'cut')]);
  c.transport.send('main', [message(1, 'c to a')]);
  a.transport.send('main', [message(2, 'a to b')]);
  const ignored = () => a.transport.peers().find(({ node }) => node === 'om2')?.messagesIgnored;
  await until(
    'what b sent has arrived, the others are heard',
    () => ignored() === 1 && a.heard.length + b.heard.length === 2,
  );
  expect(a.heard.map(({ text }) => text)).toEqual(['c to a']);
  a.transport.heal();
  b.transport.send('main', [message(1, 'healed')]);
  await until('a hears after the healing', () => a.heard.length === 2);
  expect(a.heard.map(({ text }) => text)).toEqual(['c to a', 'healed']);
});

test('what waits to be sent when a node is cut off is lost too', async () => {
  const [a, b] = await startConnected(2);
  if (a === undefined || b === undefined) throw new Error('two endpoints were expected');
  a.transport.send('main', [message(2, 'gathered')]);
  a.transport.isolate([], 'both');
  a.transport.flush();
  a.transport.heal();
  a.transport.send('main', [message(2, 'healed')]);
  await until('b hears after the healing', () => b.heard.length > 0);
  expect(b.heard.map(({ text }) => text)).toEqual(['healed']);
});

test('a heartbeat overtakes megabytes of entries that wait', async () => {
  const [a, b] = await startConnected(2);
  if (a === undefined || b === undefined) throw new Error('two endpoints were expected');
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 12; count++) a.transport.send('main', [message(2, megabyte, APPEND)]);
  a.transport.flush();
  a.transport.send('main', [message(2, 'heartbeat')]);
  await until('all has arrived', () => b.heard.length === 13);
  expect(b.heard.findIndex(({ type }) => type === HEARTBEAT)).toBeLessThan(4);
  expect(a.unreachable).toEqual([]);
});

test('an address that is taken is refused with the address', async () => {
  const all = addresses(await Promise.all([freePort(), freePort()]));
  await startEndpoint(all, 1);
  await expect(startEndpoint(all, 1)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    found: expect.stringContaining(all[0]?.address ?? 'an address'),
  });
});

test('an address that is not of this machine is refused', async () => {
  const all = [{ node: 'om1', number: 1, address: '192.0.2.1:7000' }];
  await expect(startEndpoint(all, 1)).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE' });
});

test('for a node that is frozen only so much is kept, the rest is reported; when it goes on it hears again', async () => {
  const [own, other] = [await freePort(), await freePort()];
  const listener = fileURLToPath(new URL('./listener.js', import.meta.url));
  const child = spawn(process.execPath, [listener, String(other), String(own)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let heard = '';
  child.stdout.on('data', (data: Buffer) => {
    heard += data.toString();
  });
  const mebibyte = 1024 * 1024;
  const limits = { maxBulkBytes: 4 * mebibyte, bulkInFlightBytes: mebibyte, urgentInFlightBytes: 2 * mebibyte };
  const a = await startEndpoint(addresses([own, other]), 1, { limits });
  await until('connected', () => a.transport.peers()[0]?.connected === true, 10_000);
  child.kill('SIGSTOP');
  const entry = 'x'.repeat(mebibyte / 2);
  let mostWaiting = 0;
  for (let turn = 0; turn < 60; turn++) {
    a.transport.send('main', [message(2, entry, APPEND)]);
    a.transport.flush();
    mostWaiting = Math.max(mostWaiting, a.transport.peers()[0]?.waitingBytes ?? 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(a.unreachable).toContain('main:2');
  expect(mostWaiting).toBeGreaterThan(3 * mebibyte);
  expect(mostWaiting).toBeLessThan(8 * mebibyte);
  a.transport.send('main', [message(2, 'still there?')]);
  a.transport.flush();
  expect(heard).toBe('');
  child.kill('SIGCONT');
  await until('the node hears what was sent while it was frozen', () => heard === 'still there?\n');
  await until('nothing waits any more', () => a.transport.peers()[0]?.waitingBytes === 0);
});

const known = { member: 4099, directory: 'd1', applied: 41 };

test('the question as whom a node is known is answered by the other one, who is told who asks', async () => {
  const all = addresses([await freePort(), await freePort()]);
  const asked: unknown[] = [];
  await startEndpoint(all, 2, {
    onStanding: (asking) => {
      asked.push(asking);
      return Promise.resolve(known);
    },
  });
  const one = await startEndpoint(all, 1);
  expect(await one.transport.standing('om2', 'main', 'd1')).toEqual(known);
  expect(asked).toEqual([{ from: 'om1', group: 'main', directory: 'd1' }]);
});

test('that question is not answered by a node that is down, knows nothing yet, is cut off or of another cluster', async () => {
  const all = addresses([await freePort(), await freePort(), await freePort()]);
  const one = await startEndpoint(all, 1);
  const ask = (node: string) => one.transport.standing(node, 'main', 'd1');
  await expect(ask('om2')).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
  await startEndpoint(all, 2);
  await expect(ask('om2')).rejects.toThrow('nobody asks');
  await startEndpoint(all, 3, { cluster: 'cluster-b', onStanding: () => Promise.resolve(known) });
  await expect(ask('om3')).rejects.toThrow('belongs to cluster');
  one.transport.isolate(['om2'], 'outbound');
  await expect(ask('om2')).rejects.toThrow('cut off');
  await expect(ask('om9')).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
});
