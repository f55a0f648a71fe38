/** Three processes that are killed without warning while clients repeat their calls until they are told (LE-RETRY-1). */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { ClusterRecord } from '../../cli/cluster-file.js';
import { run } from '../../cli/test/program.js';
import { eventually } from './eventually.js';
import { OmClient, word } from './om-client.js';

const CLIENTS = 4;

let folder: string;
let data: string;
const clients = new Map<string, OmClient>();
const record = (): ClusterRecord => JSON.parse(readFileSync(join(data, 'cluster.json'), 'utf8')) as ClusterRecord;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'om-calls-test-'));
  data = join(folder, 'c');
  await start();
  for (const { id, om } of record().nodes) clients.set(id, new OmClient(om));
}, 90_000);

afterAll(async () => {
  for (const client of clients.values()) client.close();
  await run('stop', '--data', data, '--grace', '5');
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

/** Starts all nodes; none may run. */
async function start(): Promise<void> {
  const started = await run('start', '--data', data, '--nodes', '3', '--timeout', '60');
  expect(started).toMatchObject({ code: 0, stderr: '' });
}

function kill(id: string): void {
  const pid = record().nodes.find((node) => node.id === id)?.process?.pid;
  if (pid === undefined) throw new Error(`${id} does not run`);
  process.kill(pid, 'SIGKILL');
}

interface Told {
  readonly client: number;
  readonly callId: number;
  readonly status: string;
  readonly attempts: number;
}

/** Creates a volume, asking every node in turn until one says what became of it. */
async function createOnce(client: number, callId: number): Promise<Told> {
  const clientId = `client-${client}`;
  const ids = [...clients.values()];
  for (let attempts = 1; attempts < 2000; attempts++) {
    const outcome = await ids[attempts % ids.length]?.call(
      {
        cmdType: hadoop.ozone.Type.CreateVolume,
        clientId,
        createVolumeRequest: { volumeInfo: { adminName: 'a', ownerName: 'a', volume: `vol-${client}-${callId}` } },
      },
      { deadlineMs: 1000, metadata: { 'om-call-id': `${callId}` } },
    );
    if (outcome?.kind === 'answer') return { client, callId, status: word(outcome), attempts };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`nobody answered call ${callId} of ${clientId}`);
}

async function leader(): Promise<string> {
  let found = '';
  await eventually(async () => {
    for (const [id, client] of clients) {
      if (word(await client.echo({ deadlineMs: 1000 })) === 'OK') found = id;
    }
    return found !== '';
  }, 20_000);
  return found;
}

it('every call is carried out once, whoever is killed meanwhile, and is told so afterwards', async () => {
  const told: Told[] = [];
  let going = true;
  const writers = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let callId = 0; going; callId++) told.push(await createOnce(client, callId));
  });
  const more = () => {
    const enough = told.length + 60;
    return eventually(() => told.length > enough, 30_000);
  };
  try {
    await more();
    const killed = await leader();
    kill(killed);
    await more();
    for (const id of clients.keys()) if (id !== killed) kill(id);
    await start();
    await more();
  } finally {
    going = false;
    await Promise.all(writers);
  }

  // A call that was carried out twice would have found its own volume.
  expect(told.filter(({ status }) => status !== 'OK')).toEqual([]);
  const repeated = told.filter(({ callId }) => callId % 10 === 0);
  const again = await Promise.all(repeated.map(({ client, callId }) => createOnce(client, callId)));
  expect(again.length).toBeGreaterThan(10);
  expect(again.filter(({ status }) => status !== 'OK')).toEqual([]);
}, 120_000);
