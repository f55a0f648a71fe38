/** A cluster of processes: started, looked at, killed without warning, stopped. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OmClient, word } from '../../node/test/om-client.js';
import type { ClusterRecord } from '../cluster-file.js';
import { isRunning } from '../process-identity.js';
import { begin, type Running, run } from './program.js';

const LAF = 'LINEARIZABLE_ALLOW_FOLLOWER';
let folder: string;
let data: string;
const restarted: Running[] = [];
const clients = new Map<string, OmClient>();
const record = (): ClusterRecord => JSON.parse(readFileSync(join(data, 'cluster.json'), 'utf8')) as ClusterRecord;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'om-cluster-test-'));
  data = join(folder, 'c');
  const started = await run('start', '--data', data, '--nodes', '3', '--control', '--timeout', '60');
  expect(started).toMatchObject({ code: 0, stderr: '' });
  for (const { id, om } of record().nodes) {
    expect(started.stdout).toContain(om);
    clients.set(id, new OmClient(om));
  }
}, 90_000);

afterAll(async () => {
  for (const client of clients.values()) client.close();
  for (const node of restarted) node.kill('SIGKILL');
  await Promise.all(restarted.map((node) => node.ended));
  await run('stop', '--data', data, '--grace', '5');
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

const client = (id: string): OmClient => clients.get(id) ?? new OmClient('127.0.0.1:1');

/** The node that accepts a write. */
async function leader(): Promise<string> {
  for (const endsAtMs = performance.now() + 20_000; performance.now() < endsAtMs; ) {
    for (const id of clients.keys()) if (word(await client(id).echo({ deadlineMs: 2000 })) === 'OK') return id;
  }
  throw new Error('no node accepts a write');
}

/** Starts a node of the cluster again, as this test's own process. */
async function restart(id: string): Promise<void> {
  const { cluster, nodes } = record();
  const node = nodes.find((one) => one.id === id);
  const peers = nodes.map((one) => `${one.id}=${one.peer}`).join(',');
  const where = [
    '--id',
    id,
    '--data',
    join(data, id),
    '--cluster',
    cluster,
    '--peers',
    peers,
    '--listen',
    node?.om ?? '',
  ];
  const running = begin('node', ...where);
  restarted.push(running);
  await running.serving;
}

function killNow(id: string): void {
  const recorded = record().nodes.find((node) => node.id === id)?.process;
  const own = restarted.find((node) => node.pid !== 0 && isOf(node, id));
  if (own !== undefined) {
    own.kill('SIGKILL');
    restarted.splice(restarted.indexOf(own), 1);
  } else if (recorded !== undefined && isRunning(recorded)) {
    process.kill(recorded.pid, 'SIGKILL');
  }
}

function isOf(node: Running, id: string): boolean {
  return readFileSync(`/proc/${node.pid}/cmdline`, 'utf8').includes(`\0${id}\0`);
}

/** Keeps writing volumes at whoever leads, until it is told to stop; answers the acknowledged names. */
function writeOn(name: string): { has(count: number): Promise<void>; stop(): Promise<string[]> } {
  let going = true;
  const acknowledged: string[] = [];
  const writer = async (of: number): Promise<void> => {
    for (let i = 0; going; i++) {
      const volume = `${name}${of}-${i}`;
      for (const id of clients.keys()) {
        const outcome = await client(id).createVolume(volume, { deadlineMs: 2000 });
        if (outcome.kind === 'answer' && outcome.response.success === true) acknowledged.push(volume);
        if (outcome.kind === 'answer') break;
      }
    }
  };
  const writers = [0, 1, 2, 3].map(writer);
  return {
    /** Resolves once so many more are acknowledged. */
    async has(count) {
      const enough = acknowledged.length + count;
      while (acknowledged.length < enough) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async stop() {
      going = false;
      await Promise.all(writers);
      return acknowledged;
    },
  };
}

async function expectAll(volumes: readonly string[], hint: typeof LAF | undefined, id: string): Promise<void> {
  const lost: string[] = [];
  for (const volume of volumes) if (word(await client(id).infoVolume(volume, hint)) !== 'OK') lost.push(volume);
  expect(lost).toEqual([]);
}

describe('a cluster of three processes', () => {
  it('shows its leader, and refuses to be started twice', async () => {
    const led = await leader();
    const status = await run('status', data, '--json');
    const { nodes } = JSON.parse(status.stdout) as { nodes: { id: string; role: string }[] };
    expect(nodes.filter(({ role }) => role === 'leader').map(({ id }) => id)).toEqual([led]);
    expect((await run('status', '--data', data)).stdout).toContain('leader');
    expect(await run('start', '--data', data)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('CLUSTER_RUNNING'),
    });
  });

  it('keeps every acknowledged write when the leader is killed (HA-5)', async () => {
    const writing = writeOn('leader');
    await writing.has(20);
    const killed = await leader();
    killNow(killed);
    const next = await leader();
    await writing.has(20);
    const acknowledged = await writing.stop();
    expect(next).not.toBe(killed);
    await restart(killed);
    await expectAll(acknowledged, undefined, await leader());
  }, 60_000);

  it('keeps every acknowledged write when a follower is killed, and shows them there (HA-5, RC-2)', async () => {
    const led = await leader();
    const follower = [...clients.keys()].find((id) => id !== led) ?? '';
    const writing = writeOn('follower');
    await writing.has(20);
    killNow(follower);
    await writing.has(20);
    const acknowledged = await writing.stop();
    await restart(follower);
    for (const endsAtMs = performance.now() + 10_000; performance.now() < endsAtMs; ) {
      if (word(await client(follower).infoVolume(acknowledged[0] ?? '', LAF)) === 'OK') break;
    }
    await expectAll(acknowledged, LAF, follower);
  }, 60_000);

  it('keeps every acknowledged write when all nodes are killed (HA-6)', async () => {
    const writing = writeOn('all');
    await writing.has(20);
    for (const id of clients.keys()) killNow(id);
    const acknowledged = await writing.stop();
    await Promise.all([...clients.keys()].map(restart));
    await expectAll(acknowledged, undefined, await leader());
  }, 60_000);

  it('is started again from its directory, and stopped; what is not its own is left alone', async () => {
    for (const node of restarted.splice(0)) {
      node.kill('SIGTERM');
      expect(await node.ended).toMatchObject({ code: 0 });
    }
    const again = await run('start', '--data', data, '--timeout', '60');
    expect(again.code).toBe(0);
    await expectAll(['leader0-0'], undefined, await leader());
    const pids = record().nodes.map(({ process: recorded }) => recorded?.pid);
    const stopped = await run('stop', '--data', data);
    expect(stopped.stdout.match(/stopped/g)).toHaveLength(3);
    for (const pid of pids) expect(isRunning({ pid: pid ?? 0, startTime: '' })).toBe(false);
    // The pid of a living process with another start time is not ended.
    expect((await run('stop', '--data', data)).stdout).toContain('was not running');
    expect((await run('status', data)).stdout).toContain('stopped');
  }, 60_000);
});
