import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OwnedProcesses } from '../owned-processes.js';
import { hasEnded, statOf } from '../proc.js';

let folder: string;
let processes: OwnedProcesses;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'owned-')));
  processes = new OwnedProcesses(folder);
});
afterEach(async () => {
  await Promise.all(processes.names().map((name) => processes.kill(name)));
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a shell script that is known by the folder, as the servers are by their data folder. */
function run(name: string, script: string): Promise<number> {
  return start(name, '/bin/sh', ['-c', script, `${folder}/${name}`]);
}

/** Runs a program without children, ready when this resolves. A shell between fork and exec cannot be stopped. */
async function runAlone(name: string, onTerm: string): Promise<number> {
  const script = `process.on('SIGTERM', () => { ${onTerm} }); setInterval(() => {}, 1000); console.log('${name} is ready');`;
  const pid = await start(name, process.execPath, ['-e', script, `${folder}/${name}`]);
  await waitFor(() => readFileSync(join(folder, 'log'), 'utf8').includes(`${name} is ready`));
  return pid;
}

async function start(name: string, command: string, args: string[]): Promise<number> {
  await processes.start(name, { command, args, env: process.env, cwd: folder, logFile: join(folder, 'log') });
  const pid = processes.pidOf(name);
  if (pid === undefined) throw new Error('it runs');
  return pid;
}

function waitFor(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (condition() ? resolve() : setTimeout(look, 10));
    look();
  });
}

describe('processes of a folder', () => {
  test('are found by another program that only knows the folder', async () => {
    const pid = await run('om1', 'while :; do sleep 1; done');
    const found = new OwnedProcesses(folder);
    expect(found.pidOf('om1')).toBe(pid);
    expect(found.names()).toEqual(['om1']);
  });

  test('a number that belongs to somebody else now is not touched', async () => {
    const stranger = spawn('sleep', ['30'], { stdio: 'ignore' });
    try {
      mkdirSync(join(folder, 'pid'));
      writeFileSync(join(folder, 'pid', 'om1'), `${stranger.pid}\n`);
      expect(processes.pidOf('om1')).toBeUndefined();
      await processes.kill('om1');
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
      expect(processes.names()).toEqual([]);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  test.each(['', 'rubbish', '-1', '0', '1'])('a pid file that says %j names no process', (text) => {
    mkdirSync(join(folder, 'pid'));
    writeFileSync(join(folder, 'pid', 'om1'), text);
    expect(processes.pidOf('om1')).toBeUndefined();
  });

  test('kill ends the whole group and resolves when it is gone', async () => {
    const pid = await run('om1', 'sleep 60 & echo child $!; wait');
    await waitFor(() => readFileSync(join(folder, 'log'), 'utf8').includes('child '));
    const child = Number(/child (\d+)/.exec(readFileSync(join(folder, 'log'), 'utf8'))?.[1]);
    await processes.kill('om1');
    expect(hasEnded(pid)).toBe(true);
    await waitFor(() => hasEnded(child));
    expect(processes.isRunning('om1')).toBe(false);
    expect(await processes.endOf('om1')).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('terminate tells one that ends by itself from one that does not', async () => {
    await runAlone('good', 'process.exit(0)');
    await runAlone('deaf', '');
    expect(await processes.terminate('good', 5000)).toBe(true);
    expect(await processes.terminate('deaf', 300)).toBe(false);
    expect(processes.isRunning('deaf')).toBe(false);
  });

  test('a frozen process stands still, goes on when thawed, and can be terminated frozen', async () => {
    const pid = await runAlone('om1', 'process.exit(0)');
    await processes.freeze('om1');
    expect(statOf(pid)?.state).toBe('T');
    expect(processes.isRunning('om1')).toBe(true);
    await processes.thaw('om1');
    expect(statOf(pid)?.state).not.toBe('T');
    await processes.freeze('om1');
    expect(await processes.terminate('om1', 5000)).toBe(true);
  });

  test('what does not run cannot be frozen', async () => {
    await expect(processes.freeze('om1')).rejects.toMatchObject({ code: 'NODE_ACTION_FAILED' });
  });

  test('a program that cannot be executed is one clear error', async () => {
    const start = processes.start('om1', {
      command: join(folder, 'no-java'),
      args: [],
      env: {},
      cwd: folder,
      logFile: join(folder, 'log'),
    });
    await expect(start).rejects.toMatchObject({ code: 'NODE_START_FAILED' });
  });

  test('they outlive the program that started them', async () => {
    const program = `
      import { OwnedProcesses } from ${JSON.stringify(new URL('../owned-processes.js', import.meta.url).href)};
      const processes = new OwnedProcesses(${JSON.stringify(folder)});
      await processes.start('om1', { command: '/bin/sh', args: ['-c', 'while :; do sleep 0.1; done', '${folder}/om1'],
        env: process.env, cwd: '/', logFile: ${JSON.stringify(join(folder, 'log'))} });`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
    expect(ended.status).toBe(0);
    expect(processes.isRunning('om1')).toBe(true);
    await processes.kill('om1');
    expect(processes.isRunning('om1')).toBe(false);
  });

  test('with a guard they do not outlive it, also when it is killed', async () => {
    const program = `
      import { Guard } from ${JSON.stringify(new URL('../../guard.js', import.meta.url).href)};
      import { OwnedProcesses } from ${JSON.stringify(new URL('../owned-processes.js', import.meta.url).href)};
      const processes = new OwnedProcesses(${JSON.stringify(folder)}, new Guard());
      await processes.start('om1', { command: '/bin/sh', args: ['-c', 'while :; do sleep 0.1; done', '${folder}/om1'],
        env: process.env, cwd: '/', logFile: ${JSON.stringify(join(folder, 'log'))} });
      console.log('started');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(processes.isRunning('om1')).toBe(true);
    child.kill('SIGKILL');
    await waitFor(() => !processes.isRunning('om1'));
  });
});
