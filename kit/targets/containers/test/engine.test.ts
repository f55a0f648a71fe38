/**
 * The target on a real engine, with nodes of the bundled cluster. Needs the engine and the image that OM_TEST_IMAGE names:
 * `.ci/run containers` has both; elsewhere these tests say that they did not run.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createControlClient } from '../../../control/client.js';
import { PACKAGE_ROOT } from '../../../run/package.js';
import { requestOf } from '../../../scenario/operation.js';
import { createOmClient } from '../../../wire/client.js';
import { echoRead, echoWrite } from '../../../wire/requests.js';
import { TranscriptLog } from '../../../wire/transcript-log.js';
import { openTarget } from '../../open.js';
import { holdPorts } from '../../ports.js';
import type { Target } from '../../target.js';
import { openEngine } from '../docker-engine.js';
import type { ContainerSpec, Engine } from '../engine.js';
import { removeRun } from '../leftovers.js';
import { createClientNetwork } from '../networks.js';
import { labelsOf, RUN_LABEL } from '../owner.js';

const image = process.env.OM_TEST_IMAGE;
const EXAMPLE = join(PACKAGE_ROOT, 'docs/examples/targets/containers-reference.target.yaml');
const MAIN = join(PACKAGE_ROOT, 'dist/kit/cli/main.js');
/** A read that the leader alone serves. */
const read = requestOf({ kind: 'read-volume', volume: 'none' });
const PATIENCE_MS = 60_000;
if (image === undefined) console.warn('containers: NOT RUN, OM_TEST_IMAGE names no image of the bundled cluster');

let folder = '';
const cleanups: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

type Change = readonly [old: string | RegExp, now: string];

/** The example's file, with something new in place of something old. */
function fileWith({ into = folder, changes = [] }: { into?: string; changes?: readonly Change[] } = {}): string {
  const path = join(into, 'x.target.yaml');
  const example = readFileSync(EXAMPLE, 'utf8').replace(/^image: .*/m, `image: ${image}`);
  writeFileSync(
    path,
    changes.reduce((text, [from, to]) => text.replace(from, to), example),
  );
  return path;
}

/** In the order of their names: an engine lists its networks in any order. */
async function namesMade(engine: Engine): Promise<string[]> {
  return (await engine.made(RUN_LABEL)).map(({ what, name }) => `${what} ${name}`).sort();
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > endsAt) throw new Error(`it never came: ${what}`);
    await sleep(50);
  }
}

describe.skipIf(image === undefined)('three nodes on an engine', () => {
  let target: Target;
  let engine: Engine;
  let own = '';
  beforeAll(async () => {
    engine = await openEngine();
    own = mkdtempSync(join(tmpdir(), 'omc-test-'));
    target = await openTarget(fileWith({ into: own }));
    await target.start();
  }, PATIENCE_MS);
  afterAll(async () => {
    await target.stop();
    rmSync(own, { recursive: true, force: true });
    expect(await namesMade(engine)).toEqual([]);
  }, PATIENCE_MS);

  function clients() {
    const { nodes, budgets } = target;
    const transcript = new TranscriptLog();
    const { callMs, clusterStartMs: slowCallMs } = budgets;
    const client = createOmClient({ nodes, callMs, clientId: 'c', transcript });
    const control = createControlClient({ nodes, callMs, slowCallMs, transcript });
    if (control === undefined) throw new Error('the example has no control service');
    cleanups.push(() => client.close());
    cleanups.push(() => control.close());
    const roleOf = async (node: string) => (await control.status(node)).map(({ role }) => role)[0];
    const leaderAmong = async (nodes: readonly string[]): Promise<string> => {
      let leader: string | undefined;
      await until(`a leader among ${nodes.join(', ')}`, async () => {
        for (const id of nodes) {
          const outcome = await client.call(id, echoWrite, { deadlineMs: 2000 });
          if (outcome.kind === 'answered') leader = id;
        }
        return leader !== undefined;
      });
      return leader ?? '';
    };
    const applied = async (node: string) => (await control.status(node))[0]?.appliedIndex ?? 0n;
    return { client, control, roleOf, leaderAmong, applied, ids: nodes.map(({ id }) => id) };
  }

  test('a leader that is cut off loses its followers, keeps its clients, and comes back as one of them', async () => {
    const { client, roleOf, leaderAmong, applied, ids } = clients();
    const cut = await leaderAmong(ids);
    const others = ids.filter((id) => id !== cut);
    await target.isolateNode?.(cut);
    const next = await leaderAmong(others);
    // Its clients reach it all the time, as they do its control service: it has noticed that it leads nobody.
    await until('the node that is cut off gives up', async () => (await roleOf(cut)) !== 'leader');
    expect(await client.call(cut, read)).toMatchObject({ kind: 'refused', className: 'OMNotLeaderException' });
    const then = await applied(cut);
    await client.call(next, echoWrite);
    expect(await applied(cut)).toBe(then);
    await target.healNode?.(cut);
    await until('it has what it missed', async () => (await applied(cut)) >= (await applied(next)));
    expect(await leaderAmong(ids)).toBeDefined();
  }, 60_000);

  test('a frozen node answers nobody and has lost nothing; a killed one comes back on its port', async () => {
    const { client, leaderAmong, applied, ids } = clients();
    const leader = await leaderAmong(ids);
    const follower = ids.find((id) => id !== leader) ?? '';
    await target.freezeNode?.(follower);
    expect(await client.call(follower, echoRead, { deadlineMs: 300 })).toMatchObject({ why: 'deadline' });
    expect(await client.call(leader, echoWrite)).toMatchObject({ kind: 'answered' });
    await target.thawNode?.(follower);
    await until('it has what it missed', async () => (await applied(follower)) >= (await applied(leader)));

    await target.freezeNode?.(follower);
    await target.killNode?.(follower);
    expect(await client.call(follower, echoRead)).toMatchObject({ why: 'unavailable' });
    await target.restartNode?.(follower);
    await until('it has what it missed', async () => (await applied(follower)) >= (await applied(leader)));
  }, 60_000);
});

/** Where one node shows as much as three. */
const alone: readonly Change[] = [
  [/^nodes: .*/m, 'nodes: { om1: {} }'],
  [/--peers=.*/, '--peers=om1=om1:9872'],
];

describe.skipIf(image === undefined)('what cannot be', () => {
  test('an image that is not there', async () => {
    const target = await openTarget(fileWith({ changes: [[/^image: .*/m, 'image: localhost/no-such-image:1']] }));
    await expect(target.start()).rejects.toMatchObject({
      code: 'IMAGE_MISSING',
      message: 'image localhost/no-such-image:1 is not there, and the target file says pull: never',
    });
  });

  test('a container that ends while it starts: its last words', async () => {
    const target = await openTarget(fileWith({ changes: [...alone, ['--cluster=containers', '--no-such-option']] }));
    await expect(target.start()).rejects.toMatchObject({
      code: 'NODE_START_FAILED',
      message: expect.stringMatching(
        /^the container of om1 ended with exit code 3 .*required option '--cluster <id>' not specified/,
      ),
    });
    expect(await namesMade(await openEngine())).toEqual([]);
  });

  test('a port that is taken', async () => {
    const engine = await openEngine();
    const {
      ports: [port = 0],
      release,
    } = await holdPorts(1);
    cleanups.push(release);
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => squatter.close(resolve)));
    const run = 'port-test';
    cleanups.push(() => removeRun(engine, run));
    await createClientNetwork(engine, 'omc-port-test', labelsOf(run));
    const spec: ContainerSpec = {
      name: 'omc-port-test',
      labels: labelsOf(run),
      image: image ?? '',
      env: {},
      mounts: [],
      hosts: new Map(),
      network: 'omc-port-test',
      ports: new Map([[8981, port]]),
    };
    await expect(engine.createContainer(spec).then((id) => engine.start(id))).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    });
  });

  test('no engine', async () => {
    const ended = await run(['doctor', '--target', fileWith()], { DOCKER_HOST: `unix://${folder}/none.sock` });
    expect(ended.code).toBe(2);
    expect(ended.text).toContain(`no container engine answers (DOCKER_HOST is unix://${folder}/none.sock)`);
    expect(ended.text).not.toMatch(/^\s+at /m);
  });
});

describe.skipIf(image === undefined)('nothing is left', () => {
  test.each(['SIGKILL', 'SIGINT'] as const)(
    'when the kit is ended by %s',
    async (signal) => {
      const engine = await openEngine();
      const program = `
      const { openTarget } = await import(${JSON.stringify(new URL('../../open.js', import.meta.url).href)});
      const target = await openTarget(${JSON.stringify(fileWith({ changes: alone }))});
      await target.start();
      console.log('started');
      setInterval(() => {}, 1000);
    `;
      const kit = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      cleanups.push(() => kit.kill('SIGKILL'));
      await new Promise((resolve) => kit.stdout.once('data', resolve));
      expect((await namesMade(engine)).map((name) => name.replace(/omc-\w+/, 'omc'))).toEqual([
        'container omc-om1',
        ...['network omc-nodes', 'network omc-om1'],
      ]);
      kit.kill(signal);
      await until('the guard has removed it', async () => (await namesMade(engine)).length === 0);
    },
    60_000,
  );

  test('after `clean`, of a run whose guard was ended too', async () => {
    const engine = await openEngine();
    const labels = Object.fromEntries(
      Object.entries(labelsOf('dead')).map(([key, value]) => [key, value.replace(/^\d+ /, '99999999 ')]),
    );
    cleanups.push(() => removeRun(engine, 'dead'));
    await createClientNetwork(engine, 'omc-dead-om1', labels);
    const ended = await run(['clean', '--target', fileWith()]);
    expect(ended).toMatchObject({ code: 0, text: 'removed 1 network\n' });
    expect(await namesMade(engine)).toEqual([]);
  });
});

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, NO_COLOR: '1', ...env } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  return new Promise<{ code: number | null; text: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, text }));
  });
}
