/** The target with nodes that answer, on an engine that is none: what it makes of containers, and what it leaves behind. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../../failure.js';
import { createOmClient } from '../../../wire/client.js';
import { echoRead } from '../../../wire/requests.js';
import { TranscriptLog } from '../../../wire/transcript-log.js';
import { parseTargetFile } from '../../file.js';
import type { ContainerSpec } from '../engine.js';
import { ContainersTarget } from '../target.js';
import { MemoryEngine, type MemoryEngineOptions, refused } from './memory-engine.js';

const NODE_PROGRAM = fileURLToPath(new URL('../../../wire/test/answering-node.js', import.meta.url));
const HEAD = `kind: containers
identity: { organization: Example, project: example-om, version: "1", url: "https://example.org", contact: a@example.org }
profiles: [core]
stages: [plain, read-consistency]
image: om
budgets: { nodeStartMs: 10000, clusterStartMs: 5000, callMs: 2000 }
`;
const TWO = 'nodes: { om1: {}, om2: {} }\n';

let folder = '';
const cleanups: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

const serve = (spec: ContainerSpec) => [NODE_PROGRAM, String(spec.ports.get(8981))];

function made(text: string, options: MemoryEngineOptions = {}) {
  const engine = new MemoryEngine({ run: serve, ...options });
  const file = parseTargetFile(`${HEAD}${text}`, 'x.target.yaml');
  if (file.kind !== 'containers') throw new Error('another kind');
  const target = new ContainersTarget(file, { folder, openEngine: async () => engine });
  cleanups.push(() => target.stop());
  return { engine, target };
}

function clientOf(target: ContainersTarget) {
  const client = createOmClient({
    nodes: target.nodes,
    callMs: 2000,
    clientId: 'c',
    transcript: new TranscriptLog(),
  });
  cleanups.push(() => client.close());
  return client;
}

const leftOn = (engine: MemoryEngine) => engine.boxes.size + engine.nets.size;

describe('nodes in containers', () => {
  test('start, kill, restart, freeze, thaw, isolate, heal, stop', async () => {
    const { engine, target } = made(TWO);
    await target.start();
    const client = clientOf(target);
    expect(target.nodes.map(({ address }) => address)).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    ]);

    await target.killNode('om1');
    expect(await client.call('om1', echoRead)).toMatchObject({ why: 'unavailable' });
    await target.restartNode('om1');
    expect(await client.call('om1', echoRead)).toMatchObject({ kind: 'answered' });
    await target.restartNode('om1');
    expect(await client.call('om1', echoRead)).toMatchObject({ kind: 'answered' });

    await target.freezeNode('om2');
    expect(await client.call('om2', echoRead, { deadlineMs: 150 })).toMatchObject({ why: 'deadline' });
    await target.thawNode('om2');
    expect(await client.call('om2', echoRead)).toMatchObject({ kind: 'answered' });

    await target.isolateNode('om2');
    expect(engine.membersOf('nodes')).toEqual([expect.stringMatching(/-om1$/)]);
    expect(await client.call('om2', echoRead)).toMatchObject({ kind: 'answered' });
    await target.healNode('om2');
    expect(engine.membersOf('nodes')).toHaveLength(2);

    await target.stop();
    await target.stop();
    expect(leftOn(engine)).toBe(0);
  });

  test('a stage is entered with every node up, awake and connected', async () => {
    const { engine, target } = made('nodes: { om1: {}, om2: {}, om3: {} }\n');
    await target.start();
    const client = clientOf(target);
    await target.killNode('om1');
    await target.freezeNode('om2');
    await target.isolateNode('om3');
    await target.enterStage('read-consistency');
    for (const id of ['om1', 'om2']) expect(await client.call(id, echoRead)).toMatchObject({ kind: 'answered' });
    expect(engine.membersOf('nodes')).toHaveLength(3);
  });

  test('words, environment, mounts and ports', async () => {
    const asked: ContainerSpec[] = [];
    const { engine, target } = made(
      `command: [serve, "--id={node}"]
env: { NAME: "{node}", MEM: 64 }
mounts: [{ from: "conf/{node}", to: /etc/om }]
logs: logs
nodes:
  om1: {}
  om2: { image: other, command: [run], env: { MEM: 32 }, mounts: [{ from: /tmp, to: /t, writable: true }] }
`,
      { before: (call, spec) => call === 'createContainer' && asked.push(spec as ContainerSpec) },
    );
    await target.start();
    expect(engine.pulled).toEqual(['other']);
    const [one, two] = asked;
    expect(one).toMatchObject({
      image: 'om',
      command: ['serve', '--id=om1'],
      env: { NAME: 'om1', MEM: '64' },
      mounts: [{ from: join(folder, 'conf/om1'), to: '/etc/om', writable: false }],
    });
    expect(two).toMatchObject({
      image: 'other',
      command: ['run'],
      env: { NAME: 'om2', MEM: '32' },
      mounts: [
        { from: join(folder, 'conf/om2'), writable: false },
        { from: '/tmp', to: '/t', writable: true },
      ],
    });
    // Each is reached by a network of its own, and by its name on the one of the nodes.
    expect(one?.network).not.toBe(two?.network);
    expect([...(one?.hosts.keys() ?? [])]).toEqual(['om1', 'om2']);
    await target.stop();
    expect(readFileSync(join(folder, 'logs/om2.log'), 'utf8')).toMatch(/^log of omc-[0-9a-f]+-om2\n$/);
  });

  test('one node cannot be cut off, and an engine that does not pause cannot freeze: both are said', async () => {
    const before = (call: string) => {
      if (call === 'pause') throw refused('cgroup v1 without root');
    };
    const { target } = made('nodes: { om1: {} }\n', { before });
    await target.start();
    expect([...target.capabilities].sort()).toEqual(['kill-node', 'restart-node']);
    expect(Object.fromEntries(target.lacking)).toEqual({
      configure: 'the target file has no hook for it',
      'freeze-node': expect.stringContaining('cgroup v1 without root'),
      'isolate-node': 'there is one node only',
    });
  });

  test('the configure hook writes while the nodes are down', async () => {
    const states: string[] = [];
    const { engine, target } = made(`${TWO}hooks: { configure: "cp {file} {stage}" }\n`, {
      before: (call) => {
        if (call === 'start' || call === 'stop') states.push(call);
      },
    });
    await target.start();
    expect(states).toEqual(['start', 'start']);
    await target.enterStage('read-consistency');
    expect(states).toEqual(['start', 'start', 'stop', 'stop', 'start', 'start']);
    expect(readFileSync(join(folder, 'read-consistency'), 'utf8')).toContain('read.option=LINEARIZABLE\n');
    expect([...engine.boxes.values()].every(({ is }) => is === 'running')).toBe(true);
  });
});

describe('a start that fails leaves nothing behind', () => {
  const failing = (code: string, calls: string) => {
    let count = 0;
    return {
      before: (call: string) => {
        if (call !== calls) return;
        count += 1;
        if (count > 1) throw new EnvironmentError(code, 'as the test wants it');
      },
      asked: () => count,
    };
  };

  test.each([
    ['a network', 'ENGINE_REFUSED', 'createNetwork'],
    ['a container', 'ENGINE_REFUSED', 'createContainer'],
    ['a connection', 'ENGINE_REFUSED', 'connect'],
    ['a start', 'NODE_START_FAILED', 'start'],
  ])('%s is refused', async (_, code, call) => {
    const { engine, target } = made(TWO, failing(code, call));
    await expect(target.start()).rejects.toMatchObject({ code });
    expect(leftOn(engine)).toBe(0);
  });

  test('a port that somebody takes meanwhile is another one the next time, three times', async () => {
    const { before, asked } = failing('PORT_TAKEN', 'start');
    const ports = new Set<number>();
    const { engine, target } = made(TWO, {
      before: (call, spec) => {
        if (call === 'createContainer') ports.add((spec as ContainerSpec).ports.get(8981) ?? 0);
        before(call);
      },
    });
    await expect(target.start()).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    expect(asked()).toBe(6);
    expect(ports.size).toBe(6);
    expect(leftOn(engine)).toBe(0);
  });

  test('a container that ends at once', async () => {
    const { engine, target } = made(TWO, { run: () => ['-e', 'process.exit(7)'] });
    await expect(target.start()).rejects.toMatchObject({
      code: 'NODE_START_FAILED',
      message: expect.stringMatching(/^the container of om[12] ended with exit code 7 while it started: log of omc-/),
    });
    expect(leftOn(engine)).toBe(0);
  });

  test('a node that never answers', async () => {
    const { engine, target } = made(`${TWO}`.replace('nodes', 'timeoutFactor: 0.05\nnodes'), {
      run: () => ['-e', 'setInterval(() => {}, 1000)'],
    });
    await expect(target.start()).rejects.toThrow(
      /om[12] did not answer within 500 ms.*; the end of its log: log of omc-/,
    );
    expect(leftOn(engine)).toBe(0);
  });

  test('an image that is not there and may not be pulled', async () => {
    const { engine, target } = made(`pull: never\n${TWO}`, { images: [] });
    await expect(target.start()).rejects.toMatchObject({ code: 'IMAGE_MISSING' });
    expect(engine.pulled).toEqual([]);
  });

  test('a stop while it starts', async () => {
    let reached: () => void = () => {};
    const creating = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const { engine, target } = made(TWO, { before: (call) => call === 'connect' && reached() });
    const starting = target.start();
    starting.catch(() => {});
    await creating;
    await target.stop();
    await expect(starting).rejects.toMatchObject({ code: 'TARGET_MISUSED' });
    expect(leftOn(engine)).toBe(0);
  });
});
