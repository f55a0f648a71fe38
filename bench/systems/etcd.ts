/**
 * A three-member etcd on loopback, the yardstick for replicated and synced small writes. Debian's `etcd-server`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import type { Operation } from '../caller.js';
import { prepareWith } from '../generator.js';
import { type System, VALUE_BYTES } from './system.js';

// The few messages of etcd's public v3 API that the bench sends; names and numbers as etcd documents them.
const API = protobuf.parse(
  `
  syntax = "proto3";
  message PutRequest { bytes key = 1; bytes value = 2; }
  message ResponseHeader { uint64 cluster_id = 1; uint64 member_id = 2; int64 revision = 3; uint64 raft_term = 4; }
  message PutResponse { ResponseHeader header = 1; }
  message RangeRequest { bytes key = 1; }
  message RangeResponse { ResponseHeader header = 1; int64 count = 4; }
  message StatusRequest {}
  message StatusResponse { ResponseHeader header = 1; string version = 2; int64 dbSize = 3; uint64 leader = 4; }
`,
  { keepCase: true },
).root;
const PutRequest = API.lookupType('PutRequest');
const PutResponse = API.lookupType('PutResponse');
const RangeRequest = API.lookupType('RangeRequest');
const RangeResponse = API.lookupType('RangeResponse');
const StatusResponse = API.lookupType('StatusResponse');
const READ_KEY = Buffer.from('/bench-read');
const VALUE = Buffer.alloc(VALUE_BYTES, 0x61);

interface Member {
  readonly name: string;
  readonly client: string;
  readonly peer: string;
  process: ChildProcess;
}

export class EtcdSystem implements System {
  readonly name = 'etcd';
  description = 'etcd, three members';
  #folder = '';
  #members: Member[] = [];

  async start(): Promise<void> {
    const version = execFileSync('etcd', ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '';
    this.description = `etcd, three members, KV.Put of ${VALUE_BYTES} bytes (${version})`;
    this.#folder = mkdtempSync(join(tmpdir(), 'om-bench-etcd-'));
    const ports = await freePorts(6);
    const places = [0, 1, 2].map((i) => ({
      name: `m${i + 1}`,
      client: `127.0.0.1:${ports[2 * i]}`,
      peer: `127.0.0.1:${ports[2 * i + 1]}`,
    }));
    const cluster = places.map((m) => `${m.name}=http://${m.peer}`).join(',');
    this.#members = places.map((m) => ({
      ...m,
      process: spawn(
        'etcd',
        [
          ['--name', m.name],
          ['--data-dir', join(this.#folder, m.name)],
          ['--listen-client-urls', `http://${m.client}`],
          ['--advertise-client-urls', `http://${m.client}`],
          ['--listen-peer-urls', `http://${m.peer}`],
          ['--initial-advertise-peer-urls', `http://${m.peer}`],
          ['--initial-cluster', cluster],
          ['--initial-cluster-token', 'om-bench'],
          ['--log-level', 'error'],
        ].flat(),
        { stdio: 'ignore' },
      ),
    }));
    const deadline = performance.now() + 30_000;
    while ((await this.#leader()) === undefined) {
      if (performance.now() > deadline) throw new Error('etcd: no leader within 30 s');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async operations(): Promise<readonly Operation[]> {
    const leader = await this.#leader();
    if (leader === undefined) throw new Error('etcd: no leader');
    return [putTo(leader)];
  }

  async prepareReads(): Promise<void> {
    const leader = await this.#leader();
    if (leader === undefined) throw new Error('etcd: no leader');
    await prepareWith({ ...putTo(leader), name: 'the key that is read', request: () => putRequest(READ_KEY) });
  }

  /** Ranges are linearizable unless they ask not to be. */
  async reads(): Promise<readonly Operation[]> {
    const leader = await this.#leader();
    const follower = this.#members.find((member) => member !== leader);
    if (leader === undefined || follower === undefined) throw new Error('etcd: no leader');
    const request = RangeRequest.encode({ key: READ_KEY }).finish();
    const read = (name: string, { client }: Member): Operation => ({
      name: `linearizable read, ${name}`,
      address: client,
      path: '/etcdserverpb.KV/Range',
      request: () => request,
      fault: (answer) => (RangeResponse.decode(answer).toJSON().count === '1' ? undefined : 'not one key'),
    });
    return [read('leader', leader), read('follower', follower)];
  }

  processIds(): readonly number[] {
    return this.#members.flatMap((m) => (m.process.pid === undefined ? [] : [m.process.pid]));
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#members.map(
        (m) =>
          new Promise<void>((resolve) => {
            if (m.process.exitCode !== null || m.process.signalCode !== null) return resolve();
            m.process.once('exit', () => resolve());
            m.process.kill('SIGKILL');
          }),
      ),
    );
    this.#members = [];
    if (this.#folder !== '') rmSync(this.#folder, { recursive: true, force: true });
  }

  async #leader(): Promise<Member | undefined> {
    for (const member of this.#members) {
      const status = await statusOf(member.client);
      if (status === undefined || status.leader === '0') continue;
      if (status.member === status.leader) return member;
    }
    return undefined;
  }
}

function putRequest(key: Uint8Array): Uint8Array {
  return PutRequest.encode({ key, value: VALUE }).finish();
}

function putTo({ client }: Member): Operation {
  return {
    name: 'put',
    address: client,
    path: '/etcdserverpb.KV/Put',
    request: (n) => putRequest(Buffer.from(`/bench/${n}`)),
    fault: (answer) => (PutResponse.decode(answer).toJSON().header === undefined ? 'no header' : undefined),
  };
}

/** Undefined while the member does not answer. */
function statusOf(address: string): Promise<{ member: string; leader: string } | undefined> {
  const client = new Client(address, credentials.createInsecure());
  return new Promise((resolve) => {
    client.makeUnaryRequest<Uint8Array, Buffer>(
      '/etcdserverpb.Maintenance/Status',
      (bytes) => Buffer.from(bytes),
      (bytes) => bytes,
      new Uint8Array(),
      { deadline: Date.now() + 2000 },
      (error, answer) => {
        client.close();
        if (error !== null || answer === undefined) return resolve(undefined);
        const { header, leader } = StatusResponse.toObject(StatusResponse.decode(answer), {
          longs: String,
          defaults: true,
        });
        resolve({ member: String(header?.member_id), leader: String(leader) });
      },
    );
  });
}

/** Ports that are free at this moment on loopback. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
