import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Guard } from '../guard.js';
import { NodeProcess } from '../node-process.js';

let folder = '';
let guard: Guard;
let node: NodeProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
  guard = new Guard();
});
afterEach(async () => {
  if (node?.running) await node.kill();
  guard.release();
  rmSync(folder, { recursive: true, force: true });
});

const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

describe('a process of the kit', () => {
  test('what it started is frozen with it, and goes on with it', async () => {
    let heard: (text: string) => void = () => {};
    const child = new Promise<number>((resolve) => {
      heard = (text) => resolve(Number(text));
    });
    node = await NodeProcess.start(
      'om1',
      {
        command: '/bin/sh',
        args: ['-c', 'sleep 300 & echo $!; wait'],
        logPath: join(folder, 'log'),
        onStdout: (text) => heard(text),
      },
      guard,
    );
    const started = await child;
    expect(await node.freeze().catch(String)).toBeUndefined();
    expect([stateOf(node.pid), stateOf(started)]).toEqual(['T', 'T']);
    node.thaw();
    await expect.poll(() => [stateOf(node?.pid ?? 0), stateOf(started)]).toEqual(['S', 'S']);
  }, 20_000);

  test('shows the end of its own words, and none of who wrote to the log before', async () => {
    const logPath = join(folder, 'log');
    const says = (words: string) =>
      NodeProcess.start('om1', { command: '/bin/sh', args: ['-c', `echo ${words} >&2`], logPath }, guard);
    node = await says('address already in use');
    await node.exited;
    expect(node.logTail()).toBe('address already in use');
    node = await says(`${'x'.repeat(5_000)} in the end`);
    await node.exited;
    expect(node.logTail()).toMatch(/^x{700,} in the end$/);
    node = await says('');
    await node.exited;
    expect(node.logTail()).toBe('');
  });
});
