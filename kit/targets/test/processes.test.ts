import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../failure.js';
import { createOmClient } from '../../wire/client.js';
import { echoRead } from '../../wire/requests.js';
import { TranscriptLog } from '../../wire/transcript-log.js';
import { openTarget } from '../open.js';
import { holdPorts } from '../ports.js';
import type { Target } from '../target.js';

const NODE_PROGRAM = fileURLToPath(new URL('../../wire/test/answering-node.js', import.meta.url));
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'omc-test-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const HEAD = `kind: processes
identity: { organization: Example, project: example-om, version: "1", url: "https://example.org", contact: a@example.org }
profiles: [core]
stages: [plain, read-consistency]
budgets: { nodeStartMs: 10000, clusterStartMs: 5000, callMs: 2000 }
`;

async function fileWith(start: string, rest = ''): Promise<string> {
  const path = join(folder(), 'x.target.yaml');
  const {
    ports: [one, two],
    release,
  } = await holdPorts(2);
  cleanups.push(release);
  writeFileSync(
    path,
    `${HEAD}nodes: { om1: "127.0.0.1:${one}", om2: "127.0.0.1:${two}" }\ncommands:\n  start: ${start}\n${rest}`,
  );
  return path;
}

async function open(path: string): Promise<Target> {
  const target = await openTarget(path);
  cleanups.push(() => target.stop());
  return target;
}

/** The test's node takes its port; the target file's commands know its address. */
const START = `'port={address}; exec ${process.execPath} ${NODE_PROGRAM} "\${port##*:}"'`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed process that nobody has reaped yet is not alive.
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  const endsAt = Date.now() + 5000;
  while (pids.some(isAlive)) {
    if (Date.now() > endsAt) throw new Error(`still alive: ${pids.filter(isAlive).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('nodes run by commands', () => {
  test('start, kill, restart, freeze, thaw, stop', async () => {
    const target = await open(await fileWith(START));
    await target.start();
    const client = createOmClient({
      nodes: target.nodes,
      callMs: 2000,
      clientId: 'c',
      transcript: new TranscriptLog(),
    });
    cleanups.push(() => client.close());
    const pids = [...(target.processIds?.().values() ?? [])];
    expect(pids).toHaveLength(2);
    expect(await client.call('om1', echoRead)).toMatchObject({ kind: 'answered' });

    await target.killNode?.('om1');
    expect(await client.call('om1', echoRead)).toMatchObject({ why: 'unavailable' });
    await expect(target.killNode?.('om1')).rejects.toThrow('node om1 does not run');
    await target.restartNode?.('om1');
    expect(await client.call('om1', echoRead)).toMatchObject({ kind: 'answered' });

    await target.freezeNode?.('om2');
    expect(await client.call('om2', echoRead, { deadlineMs: 150 })).toMatchObject({ why: 'deadline' });
    await target.thawNode?.('om2');
    expect(await client.call('om2', echoRead)).toMatchObject({ kind: 'answered' });

    await target.killNode?.('om2');
    await target.enterStage('read-consistency');
    expect(await client.call('om2', echoRead)).toMatchObject({ kind: 'answered' });

    await target.freezeNode?.('om1');
    const last = [...(target.processIds?.().values() ?? [])];
    await target.stop();
    await target.stop();
    await gone([...pids, ...last]);
  });

  test('what a node started ends with it', async () => {
    const path = folder();
    const start = `'port={address}; sleep 300 & echo $! > ${path}/{node}; exec ${process.execPath} ${NODE_PROGRAM} "\${port##*:}"'`;
    const target = await open(await fileWith(start));
    await target.start();
    const children = ['om1', 'om2'].map((id) => Number(readFileSync(join(path, id), 'utf8')));
    expect(children.every(isAlive)).toBe(true);
    await target.killNode?.('om1');
    await gone(children.slice(0, 1));
    await target.stop();
    await gone(children);
  });

  test('logs stay where the file wants them', async () => {
    const path = folder();
    const target = await open(
      await fileWith(`'echo hello from {node}; ${START.slice(1, -1)}'`, `logs: ${path}/logs\n`),
    );
    await target.start();
    await target.stop();
    expect(readFileSync(join(path, 'logs/om2.log'), 'utf8')).toContain('hello from om2');
  });

  test('hooks have the environment of the commands, and isolate with what the file says', async () => {
    const path = folder();
    const hooks = `hooks: { isolate-node: { command: 'echo cut {node} >> "$DIR/log"', undo: 'echo heal {node} >> "$DIR/log"' } }\n`;
    const target = await open(await fileWith(START, `env: { DIR: ${path} }\n${hooks}`));
    await target.start();
    expect(target.capabilities.has('isolate-node')).toBe(true);
    await target.isolateNode?.('om1');
    await target.healNode?.('om1');
    expect(readFileSync(join(path, 'log'), 'utf8')).toBe('cut om1\nheal om1\n');
  });

  test('the configure hook writes while the nodes are down', async () => {
    const path = folder();
    const start = `'echo start {node} >> ${path}/log; ${START.slice(1, -1)}'`;
    const target = await open(await fileWith(start, `hooks: { configure: "echo {stage} >> ${path}/log" }\n`));
    await target.start();
    await target.enterStage('read-consistency');
    const lines = readFileSync(join(path, 'log'), 'utf8').trim().split('\n');
    expect([lines[0], lines[3]]).toEqual(['plain', 'read-consistency']);
    expect([lines.slice(1, 3).sort(), lines.slice(4).sort()]).toEqual([
      ['start om1', 'start om2'],
      ['start om1', 'start om2'],
    ]);
  });

  test.each<[string, string, RegExp]>([
    ['ends at once', `'echo no licence >&2; exit 7'`, /start command of om[12] ended with exit code 7: no licence/],
    ['is not there', 'no-such-program --serve', /ended with exit code 127: .*not found/],
    ['never answers', "'echo waiting; sleep 60'", /om[12] did not answer within 300 ms.*; the end of its log: waiting/],
  ])('a start command that %s', async (_, start, message) => {
    const path = await fileWith(start);
    const nodeStartMs = message.source.includes('300 ms') ? 300 : 20_000;
    writeFileSync(path, readFileSync(path, 'utf8').replace('nodeStartMs: 10000', `nodeStartMs: ${nodeStartMs}`));
    const target = await open(path);
    const failure = await target.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(String(failure)).toMatch(message);
    expect(target.processIds?.().size).toBe(0);
  });

  test('commands of the file are used where there are any', async () => {
    const path = folder();
    const rest = `  stop: "echo stop {node} >> ${path}/log"\n  kill: "echo kill {node} >> ${path}/log"\n`;
    const target = await open(await fileWith(START, rest));
    await target.start();
    await target.killNode?.('om1');
    await target.stop();
    expect(readFileSync(join(path, 'log'), 'utf8')).toBe('kill om1\nstop om2\n');
  });

  test('the configure hook gets the keys of the stage', async () => {
    const path = folder();
    const rest = `hooks: { configure: "cat {file} > ${path}/{stage}" }\n`;
    const target = await open(await fileWith(START, rest));
    await target.start();
    await target.enterStage('read-consistency');
    expect(readFileSync(join(path, 'plain'), 'utf8')).toBe('');
    expect(readFileSync(join(path, 'read-consistency'), 'utf8')).toBe(
      'ozone.om.ha.raft.server.read.option=LINEARIZABLE\nozone.om.follower.read.local.lease.enabled=true\n' +
        'ozone.om.ha.raft.server.read.timeout=3s\n',
    );
    await expect(target.enterStage('multi-raft')).rejects.toThrow('cannot be put in stage "multi-raft"');
  });
});

describe('when the kit dies', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by %s, its nodes and folders go too', async (signal) => {
    const file = await fileWith(START);
    const program = `
      const { openTarget } = await import(${JSON.stringify(new URL('../open.js', import.meta.url).href)});
      const target = await openTarget(${JSON.stringify(file)});
      await target.start();
      console.log(JSON.stringify([...target.processIds().values()]));
      setInterval(() => {}, 1000);
    `;
    const scratch = folder();
    const kit = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: scratch },
    });
    cleanups.push(() => kit.kill('SIGKILL'));
    const [line] = (await once(kit.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(line.toString()) as number[];
    expect(pids.every(isAlive)).toBe(true);
    kit.kill(signal);
    await gone(pids);
    const endsAt = Date.now() + 5000;
    const left = () => (existsSync(scratch) ? readdirSync(scratch).length : 0);
    while (left() > 0 && Date.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(left()).toBe(0);
  });
});
