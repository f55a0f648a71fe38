import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import { HarnessError } from '../../failure.js';
import { type ClosableOmClient, createOmClient } from '../client.js';
import type { CallOptions, OMRequest, Outcome } from '../outcome.js';
import { decode, encode } from '../plain.js';
import { stateIdOf } from '../state-id.js';
import { TranscriptLog } from '../transcript-log.js';
import {
  answer,
  frame,
  refuse,
  refuseAfterHeaders,
  type Script,
  type ScriptedServer,
  serve,
} from './scripted-server.js';

const { OMRequest: RequestType, OMResponse: ResponseType, ReadConsistencyProto, Status, Type } = hadoop.ozone;
const ECHO = { cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: true } };
const OK = encode(ResponseType, { cmdType: Type.EchoRPC, success: true, status: Status.OK });

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Rig {
  readonly client: ClosableOmClient;
  readonly transcript: TranscriptLog;
  readonly server: ScriptedServer;
  call(request?: Omit<OMRequest, 'clientId'>, options?: CallOptions): Promise<Outcome>;
}

function clientOf(address: string, callMs = 5000) {
  const transcript = new TranscriptLog();
  const client = createOmClient({ nodes: [{ id: 'om1', address }], callMs, clientId: 'kit', transcript });
  cleanups.push(() => client.close());
  return { client, transcript };
}

async function rig(script: Script): Promise<Rig> {
  const server = await serve(script);
  cleanups.push(() => server.close());
  const { client, transcript } = clientOf(server.address);
  return { client, transcript, server, call: (request = ECHO, options = {}) => client.call('om1', request, options) };
}

async function outcomeOf(script: Script, options: CallOptions = {}): Promise<Outcome> {
  const { call } = await rig(script);
  return await call(ECHO, options);
}

describe('what is sent', () => {
  test('path, client id, version, hint and metadata', async () => {
    const { call, server, transcript } = await rig((stream) => answer(stream, OK));
    transcript.begin('W-1 größe/a b');
    await call(ECHO, { hint: 'LINEARIZABLE_ALLOW_FOLLOWER', metadata: { 'om-state-id': 'main:5' } });
    const [arrived] = server.arrived;
    expect(arrived?.path).toBe('/hadoop.ozone.OzoneManagerService/submitRequest');
    expect(arrived?.headers['om-state-id']).toBe('main:5');
    expect(arrived?.headers['om-conformance-scenario']).toBe('W-1 gr??e/a b');
    expect(decode(RequestType, arrived?.message ?? Buffer.of())).toEqual({
      cmdType: Type.EchoRPC,
      clientId: 'kit',
      version: 3,
      EchoRPCRequest: { readOnly: true },
      readConsistencyHint: { readConsistency: ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER },
    });
  });

  test.each<[string, CallOptions, string | undefined]>([
    ['a vector', { stateId: new Map([['main', 2n ** 63n - 1n]]) }, 'main:9223372036854775807'],
    ['nothing while nothing is known', { stateId: new Map() }, undefined],
    ['nothing where nothing is said', {}, undefined],
    ['a text as it is', { stateId: 'main: 01,,x' }, 'main: 01,,x'],
    ['an empty text', { stateId: '' }, ''],
  ])('as the state id: %s', async (_, options, sent) => {
    const { call, server, transcript } = await rig((stream) => answer(stream, OK));
    await call(ECHO, { metadata: { 'om-call-id': '7' }, ...options });
    expect(server.arrived[0]?.headers).toMatchObject({ 'om-call-id': '7' });
    expect(server.arrived[0]?.headers['om-state-id']).toBe(sent);
    expect(transcript.entries[0]?.metadata['om-state-id']).toBe(sent);
  });

  test('what a request names itself is kept, and extra bytes follow it', async () => {
    const { call, server } = await rig((stream) => answer(stream, OK));
    const unknownField = Buffer.from([0x82, 0x7d, 1, 65]); // field 2000, bytes "A"
    await call({ ...ECHO, version: 0, clientId: 'me' } as OMRequest, { extraBytes: unknownField });
    const message = server.arrived[0]?.message ?? Buffer.of();
    expect(decode(RequestType, message)).toMatchObject({ clientId: 'me', version: 0 });
    expect(message.subarray(-4)).toEqual(unknownField);
  });

  test('one connection per node, another per name', async () => {
    const { call, server } = await rig((stream) => answer(stream, OK));
    await Promise.all([call(), call(), call()]);
    expect(server.connections).toBe(1);
    await call(ECHO, { connection: 'second' });
    await call(ECHO, { connection: 'second' });
    await call();
    expect(server.arrived.map((one) => one.connection)).toEqual([0, 0, 0, 1, 1, 0]);
  });

  test('bytes in place of the request, by another method', async () => {
    const { call, server, transcript } = await rig((stream) => refuse(stream, 2, 'no'));
    transcript.begin('W-5');
    const method = '/hadoop.ozone.OzoneManagerService/other';
    const outcome = await call(ECHO, { message: Buffer.from('never'), method });
    expect(server.arrived[0]).toMatchObject({ path: method, message: Buffer.from('never') });
    expect(outcome.request).toMatchObject(ECHO);
    expect(transcript.entries[0]?.request).toContain(`by method ${method}: <6e65766572> in place of {cmdType: EchoRPC`);
  });

  test('an outcome tells which connection it came on, and that it was made anew', async () => {
    let closing = false;
    const { call, server } = await rig((stream) => {
      if (closing) stream.session?.close();
      answer(stream, OK);
    });
    const two = await Promise.all([call(), call()]);
    expect(two.map(({ session }) => session)).toEqual([1, 1]);
    closing = true;
    expect((await call()).session).toBe(1);
    closing = false;
    expect((await call()).session).toBe(2);
    expect((await call(ECHO, { connection: 'second' })).session).toBe(1);
    expect(server.connections).toBe(3);
    await server.close();
    expect((await call(ECHO, { connection: 'third' })).session).toBeUndefined();
  });

  test('a fault of the kit is thrown and never sent', async () => {
    const { call, client, server, transcript } = await rig((stream) => answer(stream, OK));
    const incomplete = { cmdType: Type.CreateVolume, createVolumeRequest: {} } as unknown as OMRequest;
    await expect(call(incomplete)).rejects.toThrow(HarnessError);
    await expect(call({ ...ECHO, readConsistencyHint: {} }, { hint: 'DEFAULT' })).rejects.toThrow('read hint');
    await expect(call(ECHO, { metadata: { 'om-state-id': 'a\nb' } })).rejects.toThrow('metadata');
    await expect(client.call('om9', ECHO)).rejects.toThrow('no node "om9" in the target; it has om1');
    expect(server.arrived).toEqual([]);
    expect(transcript.callCount).toBe(0);
  });
});

describe('a connection that breaks', () => {
  const breaking = async (script: Script) => {
    const { client, server } = await rig(script);
    const controller = new AbortController();
    const call = (options: CallOptions = {}) => client.call('om1', ECHO, { breaks: controller.signal, ...options });
    return { client, server, call, break: () => controller.abort() };
  };
  test('is one of its own, shared by the calls of one signal', async () => {
    const { client, server, call } = await breaking((stream) => answer(stream, OK));
    await client.call('om1', ECHO);
    await Promise.all([call(), call()]);
    await call();
    expect(server.arrived.map(({ connection }) => connection)).toEqual([0, 1, 1, 1]);
  });
  test('ends what is open on it for both sides, without a word', async () => {
    let gone = 0;
    const { client, call, server, ...rest } = await breaking((stream) => {
      stream.on('close', () => {
        gone += 1;
      });
    });
    const open = [call(), call()];
    await expect.poll(() => server.arrived.length).toBe(2);
    rest.break();
    expect(await Promise.all(open)).toMatchObject([
      { kind: 'unanswered', why: 'unavailable' },
      { kind: 'unanswered', why: 'unavailable' },
    ]);
    await expect.poll(() => gone).toBe(2);
    expect(await call({ deadlineMs: 500 })).toMatchObject({ kind: 'unanswered' });
    client.close();
  });
});

describe('what comes back', () => {
  test('an answer with its trailers', async () => {
    const outcome = await outcomeOf((stream) => answer(stream, OK, { 'om-state-id': 'main:7', 'om-node': 'om1' }));
    expect(outcome).toMatchObject({
      kind: 'answered',
      node: 'om1',
      callNumber: 1,
      response: { cmdType: Type.EchoRPC, status: Status.OK, success: true },
    });
    expect([...outcome.trailers]).toEqual([
      ['om-state-id', 'main:7'],
      ['om-node', 'om1'],
    ]);
    expect(outcome.endedAtMs).toBeGreaterThanOrEqual(outcome.sentAtMs);
  });

  const ID = { 'om-state-id': 'main: 7', 'om-cluster': 'c' };
  test.each<[string, Script]>([
    ['an answer', (stream) => answer(stream, OK, ID)],
    ['a refusal', (stream) => refuse(stream, 13, 'x', ID)],
    ['a refusal of gRPC', (stream) => refuse(stream, 3, 'x', ID)],
  ])('a state id that is none is not taken for no id, with %s', async (_, script) => {
    const outcome = await outcomeOf(script);
    expect(stateIdOf(outcome)).toMatchObject({ kind: 'malformed', text: 'main: 7' });
    expect(outcome.trailers.get('om-cluster')).toBe('c');
  });

  const NL =
    'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException: OM:om1 is not the leader. Suggested leader is OM:om-3.x[localhost/127.0.0.1].';
  test.each<[string, Script]>([
    ['without headers', (stream) => refuse(stream, 13, NL)],
    ['after headers', (stream) => refuseAfterHeaders(stream, 13, NL)],
  ])('a refusal %s', async (_, script) => {
    expect(await outcomeOf(script)).toMatchObject({
      kind: 'refused',
      code: 13,
      details: NL,
      className: 'OMNotLeaderException',
      suggestedLeader: 'om-3.x',
      trailers: new Map(),
    });
  });

  test('a refusal keeps the trailers of the binding and drops those of HTTP', async () => {
    const outcome = await outcomeOf((stream) =>
      refuse(stream, 13, 'a.B: c', { 'om-outcome': 'none', 'om-leader': 'om2' }),
    );
    expect(outcome).toMatchObject({ kind: 'refused', suggestedLeader: 'om2' });
    expect([...outcome.trailers.keys()].sort()).toEqual(['om-leader', 'om-outcome']);
  });

  test('a status that the server gave is a refusal, whatever its number', async () => {
    expect(await outcomeOf((stream) => refuse(stream, 14, 'draining'))).toMatchObject({ kind: 'refused', code: 14 });
    expect(await outcomeOf((stream) => refuse(stream, 4, 'too slow'))).toMatchObject({ kind: 'refused', code: 4 });
    expect(await outcomeOf((stream) => refuse(stream, 1, 'no'))).toMatchObject({ kind: 'refused', code: 1 });
    expect(await outcomeOf((stream) => refuse(stream, 77, 'odd'))).toMatchObject({ kind: 'unreadable' });
  });

  test('control characters and length of a refusal', async () => {
    const outcome = await outcomeOf((stream) => refuse(stream, 13, `a.B: \u001b[31m\r\n${'x'.repeat(6000)}`));
    if (outcome.kind !== 'refused') throw new Error(outcome.kind);
    expect(outcome.details.startsWith('a.B: [31m xxx')).toBe(true);
    expect(outcome.details.length).toBeLessThanOrEqual(4096);
  });

  test.each<[string, Script, string]>([
    ['garbage bytes', (stream) => answer(stream, Buffer.from('not a message')), 'bytes:'],
    ['an empty message', (stream) => answer(stream, Buffer.of()), "missing required 'cmdType'"],
    ['no status', (stream) => answer(stream, Buffer.from([0x08, 110])), "missing required 'status'"],
    ['a status that does not exist', (stream) => answer(stream, Buffer.from([0x08, 110, 0x28, 0xff, 1])), "'status'"],
    ['no message at all', (stream) => refuseAfterHeaders(stream, 0, ''), 'gRPC status OK without a message'],
    ['two messages', (stream) => answer(stream, Buffer.concat([OK, frame(OK)])), 'bytes'],
    [
      'an ending without a status',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.end();
      },
      'without gRPC status',
    ],
    [
      'an HTTP error page',
      (stream) => {
        stream.respond({ ':status': 503, 'content-type': 'text/html' });
        stream.end('<html>');
      },
      '503',
    ],
    [
      'a message above the receive limit',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        const head = Buffer.alloc(5);
        head.writeUInt32BE(200 * 1024 * 1024, 1);
        stream.write(head);
      },
      'larger than max',
    ],
  ])('%s is unreadable', async (_, script, text) => {
    const outcome = await outcomeOf(script);
    expect(outcome).toMatchObject({ kind: 'unreadable' });
    if (outcome.kind === 'unreadable') expect(outcome.details).toContain(text);
  });

  test.each<[string, Script]>([
    ['a stream reset', (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
    ['a cancelled stream', (stream) => stream.close(constants.NGHTTP2_CANCEL)],
    ['a connection that breaks', (stream) => stream.session?.destroy()],
    [
      'a connection that breaks after headers',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        setTimeout(() => stream.session?.destroy(), 20);
      },
    ],
  ])('%s is no answer', async (_, script) => {
    expect(await outcomeOf(script)).toMatchObject({ kind: 'unanswered', why: 'unavailable' });
  });

  test('silence ends with the deadline of the call', async () => {
    const outcome = await outcomeOf(() => {}, { deadlineMs: 80 });
    expect(outcome).toMatchObject({ kind: 'unanswered', why: 'deadline' });
    expect(outcome.endedAtMs - outcome.sentAtMs).toBeGreaterThanOrEqual(75);
    expect(outcome.endedAtMs - outcome.sentAtMs).toBeLessThan(2000);
  });

  test('a call that is taken back', async () => {
    const { call, server } = await rig(() => {});
    const abort = new AbortController();
    const running = call(ECHO, { signal: abort.signal });
    while (server.arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort();
    expect(await running).toMatchObject({ kind: 'unanswered', why: 'cancelled' });
    expect(await call(ECHO, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'unanswered', why: 'cancelled' });
  });

  test('a large answer is read whole, kept short', async () => {
    const large = encode(ResponseType, {
      cmdType: Type.EchoRPC,
      status: Status.OK,
      EchoRPCResponse: { payload: new Uint8Array(8 * 1024 * 1024) },
    });
    const { call, transcript } = await rig((stream) => answer(stream, large));
    const outcome = await call();
    if (outcome.kind !== 'answered') throw new Error(outcome.kind);
    expect(outcome.response.EchoRPCResponse?.payload).toHaveLength(8 * 1024 * 1024);
    expect(transcript.entries[0]?.answer).toContain('<8388608 bytes 0000');
    expect(transcript.entries[0]?.answer.length).toBeLessThan(300);
  });
});

describe('the transcript', () => {
  test('has the call while it is open, then its end, without secrets', async () => {
    let finish = () => {};
    const { call, transcript, server } = await rig((stream) => {
      finish = () => answer(stream, OK, { 'om-node': 'om1' });
    });
    transcript.begin('S-1');
    const running = call(
      { ...ECHO, s3Authentication: { signature: 'hush', accessId: 'me' } },
      { metadata: { authorization: 'Bearer hush' } },
    );
    while (server.arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const [entry] = transcript.entries;
    expect(entry).toMatchObject({ number: 1, scenario: 'S-1', command: 'EchoRPC', answer: '', endedAtMs: undefined });
    finish();
    await running;
    expect(entry).toMatchObject({ trailers: { 'om-node': 'om1' } });
    expect(entry?.answer).toBe('{cmdType: EchoRPC, success: true, status: OK}');
    expect(entry?.endedAtMs).toBeGreaterThanOrEqual(entry?.sentAtMs ?? Number.NaN);
    expect(JSON.stringify(entry)).not.toContain('hush');
    expect(server.arrived[0]?.headers.authorization).toBe('Bearer hush');
  });

  test('says what went wrong in one line', async () => {
    const { call, transcript } = await rig((stream) => refuse(stream, 13, 'a.B: c'));
    await call();
    expect(transcript.entries[0]?.answer).toBe('gRPC INTERNAL: a.B: c');
  });
});

describe('nodes that come and go', () => {
  test('nobody listens: said at once, every time', async () => {
    const { client } = clientOf('127.0.0.1:1');
    for (let i = 0; i < 5; i += 1) {
      const outcome = await client.call('om1', ECHO);
      expect(outcome).toMatchObject({ kind: 'unanswered', why: 'unavailable' });
      expect(outcome.endedAtMs - outcome.sentAtMs).toBeLessThan(1000);
    }
  });

  test('someone listens who does not speak gRPC', async () => {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { client } = clientOf(`127.0.0.1:${address.port}`);
    expect(await client.call('om1', ECHO)).toMatchObject({ kind: 'unanswered', why: 'unavailable' });
  });

  test('a killed and restarted process is called as soon as it listens, with no wait for a back-off', async () => {
    const start = async (port: number): Promise<[ChildProcess, string]> => {
      const program = fileURLToPath(new URL('./answering-node.js', import.meta.url));
      const child = spawn(process.execPath, [program, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
      cleanups.push(() => child.kill('SIGKILL'));
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      return [child, line.toString().trim()];
    };
    let [child, address] = await start(0);
    const port = Number(address.split(':')[1]);
    const { client } = clientOf(address);
    expect(await client.call('om1', ECHO)).toMatchObject({ kind: 'answered' });
    for (let round = 0; round < 3; round += 1) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      // Failing calls are what makes gRPC back off; concurrent ones join each other's attempts.
      for (let i = 0; i < 5; i += 1) {
        const down = await Promise.all([client.call('om1', ECHO), client.call('om1', ECHO)]);
        expect(down).toMatchObject([{ why: 'unavailable' }, { why: 'unavailable' }]);
      }
      [child, address] = await start(port);
      const outcome = await client.call('om1', ECHO);
      expect(outcome).toMatchObject({ kind: 'answered' });
    }
  });

  test('a process that is frozen is silent, and answers again when it wakes', async () => {
    const program = fileURLToPath(new URL('./answering-node.js', import.meta.url));
    const child = spawn(process.execPath, [program, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanups.push(() => child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { client } = clientOf(line.toString().trim());
    expect(await client.call('om1', ECHO)).toMatchObject({ kind: 'answered' });
    child.kill('SIGSTOP');
    expect(await client.call('om1', ECHO, { deadlineMs: 150 })).toMatchObject({ why: 'deadline' });
    // A new connection is taken by the kernel, but nobody greets it.
    expect(await client.call('om1', ECHO, { deadlineMs: 150, connection: 'new' })).toMatchObject({ why: 'deadline' });
    child.kill('SIGCONT');
    expect(await client.call('om1', ECHO)).toMatchObject({ kind: 'answered' });
    expect(await client.call('om1', ECHO, { connection: 'new' })).toMatchObject({ kind: 'answered' });
  });
});
