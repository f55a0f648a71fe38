import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hadoop, om } from '#proto';
import { decode, encode } from '../../wire/plain.js';
import { answer, type ScriptedServer, serve } from '../../wire/test/scripted-server.js';
import { openTarget } from '../open.js';
import type { Target } from '../target.js';

const { OMResponse, Status, Type } = hadoop.ozone;
const v1 = om.conformance.v1;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** An OM that accepts everything, with a control service that can configure. It says nothing while it is `silent`. */
async function node(silent: () => boolean = () => false): Promise<ScriptedServer> {
  const ok = encode(OMResponse, { cmdType: Type.EchoRPC, status: Status.OK });
  const capabilities = encode(v1.GetCapabilitiesResponse, {
    contract: '1.0',
    capabilities: ['configure'],
    nodes: ['om1'],
  });
  const server = await serve((stream, { path }) => {
    if (silent()) return;
    answer(stream, path.endsWith('GetCapabilities') ? capabilities : path.endsWith('Configure') ? Buffer.of() : ok);
  });
  cleanups.push(() => server.close());
  return server;
}

interface Opened {
  readonly target: Target;
  readonly folder: string;
}

async function open(nodes: string, rest: string): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'x.target.yaml'),
    `identity: { organization: E, project: e, version: "1", url: "https://e.example", contact: e@e.example }
profiles: [core]
nodes: ${nodes}
budgets: { callMs: 1000, nodeStartMs: 1000, clusterStartMs: 1000 }
${rest}`,
  );
  const target = await openTarget(join(folder, 'x.target.yaml'), { timeoutFactor: 2 });
  cleanups.push(() => target.stop());
  return { target, folder };
}

describe('an attached cluster', () => {
  test('is only connected to; it can do nothing that its file does not say', async () => {
    const server = await node();
    const { target } = await open(`{ om1: "${server.address}" }`, 'stages: [plain, read-consistency]');
    await target.start();
    expect(server.arrived).toEqual([]);
    expect([...target.capabilities]).toEqual([]);
    for (const method of ['killNode', 'restartNode', 'freezeNode', 'thawNode', 'isolateNode', 'healNode'] as const) {
      expect(target[method]).toBeUndefined();
    }
    expect(target.budgets).toMatchObject({ callMs: 2000, failoverMs: 20_000 });
    await target.enterStage('read-consistency');
    expect(server.arrived.map(({ path }) => path.split('/').at(-1))).toEqual(['submitRequest']);
    // Nobody told the nodes another read time-out: what the file says counts in every stage.
    expect(target.budgets).toMatchObject({ readTimeoutMs: 20_000 });
    await expect(target.enterStage('follower-reads')).rejects.toMatchObject({ code: 'STAGE_UNAVAILABLE' });
  });

  test('acts by the hooks of its file, in the folder of the file', async () => {
    const place = { folder: '' };
    const log = () => readFileSync(join(place.folder, 'log'), 'utf8');
    const server = await node(() => /(kill|freeze) om1\n$/.test(log()));
    const { target, folder } = await open(
      `{ om1: "${server.address}" }`,
      `hooks:
  kill-node: echo kill {node} >> log
  restart-node: echo restart {node} >> log
  freeze-node: { command: "echo freeze {node} >> log", undo: "echo thaw {node} >> log" }
  isolate-node: { command: "echo isolate {node} >> log", undo: "echo heal {node} >> log", timeoutMs: 5000 }
`,
    );
    place.folder = folder;
    await target.start();
    expect([...target.capabilities].sort()).toEqual(['freeze-node', 'isolate-node', 'kill-node', 'restart-node']);
    await target.killNode?.('om1');
    await target.restartNode?.('om1');
    await target.freezeNode?.('om1');
    await target.thawNode?.('om1');
    await target.isolateNode?.('om1');
    await target.healNode?.('om1');
    expect(log()).toBe('kill om1\nrestart om1\nfreeze om1\nthaw om1\nisolate om1\nheal om1\n');
    // Asked whether it is silent, whether it answers once restarted, and again whether it is silent; and never again.
    expect(server.arrived).toHaveLength(3);
    await target.freezeNode?.('om1');
    expect(server.arrived).toHaveLength(3);
  });

  test('a hook that leaves the node answering is a broken hook', async () => {
    const server = await node();
    const { target } = await open(
      `{ om1: "${server.address}" }`,
      'hooks: { kill-node: "true", restart-node: "true", freeze-node: { command: "true", undo: "true" } }',
    );
    await target.start();
    for (const act of [target.killNode?.('om1'), target.freezeNode?.('om1')]) {
      const thrown = await act?.catch((error: unknown) => error);
      expect(thrown).toMatchObject({
        code: 'CAPABILITY_BROKEN',
        message: expect.stringMatching(/^om1 still answers after hook (kill|freeze)-node: OK/),
      });
    }
  });

  test('a restart hook after which the node does not answer has not worked', async () => {
    const { target } = await open('{ om1: "127.0.0.1:1" }', 'hooks: { restart-node: "true" }');
    await target.start();
    await expect(target.restartNode?.('om1')).rejects.toThrow('om1 did not answer within 2000 ms');
  });

  test('a restart hook that says no is a node that does not start; one that cannot be run is a broken hook', async () => {
    const no = await open('{ om1: "127.0.0.1:1" }', 'hooks: { restart-node: "echo /data/om1 is new; exit 3" }');
    await no.target.start();
    await expect(no.target.restartNode?.('om1')).rejects.toMatchObject({
      code: 'NODE_START_FAILED',
      message: expect.stringContaining('/data/om1 is new'),
    });
    const broken = await open('{ om1: "127.0.0.1:1" }', 'hooks: { restart-node: no-such-program }');
    await broken.target.start();
    await expect(broken.target.restartNode?.('om1')).rejects.toMatchObject({ code: 'HOOK_FAILED' });
  });

  test('is configured over its control service where it has one, and only when the keys differ', async () => {
    const server = await node();
    const { target } = await open(
      `{ om1: "${server.address}" }`,
      `control: "${server.address}"\nstages: [plain, read-consistency]`,
    );
    await target.start();
    await target.enterStage('plain');
    expect(target.budgets).toMatchObject({ readTimeoutMs: 20_000 });
    await target.enterStage('read-consistency');
    await target.enterStage('read-consistency');
    expect(target.budgets).toMatchObject({ readTimeoutMs: 6_000 });
    const orders = server.arrived.filter(({ path }) => path.endsWith('Configure'));
    expect(orders.map(({ message }) => decode(v1.ConfigureRequest, message))).toEqual([
      {},
      {
        values: {
          'ozone.om.ha.raft.server.read.option': 'LINEARIZABLE',
          'ozone.om.follower.read.local.lease.enabled': 'true',
          'ozone.om.ha.raft.server.read.timeout': '3s',
        },
      },
    ]);
  });
});
