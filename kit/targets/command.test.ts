import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fillIn, runCommand } from './command.js';

describe('placeholders', () => {
  test.each<[string, Record<string, string>, string]>([
    ['kill {node}', { node: 'om-1.a' }, 'kill om-1.a'],
    ['{node} {node}', { node: 'a' }, 'a a'],
    ['serve {address}', { address: '[::1]:8981' }, 'serve [::1]:8981'],
    // The shell's own braces, and names that this command is not given.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
    ['echo ${node} {other} {a,b}', { node: 'x' }, 'echo ${node} {other} {a,b}'],
    ['cat {file}', { file: "/tmp/it's a file" }, "cat '/tmp/it'\\''s a file'"],
    ['cat {file}', { file: '$(reboot)' }, "cat '$(reboot)'"],
    ['{constructor}', {}, '{constructor}'],
  ])('%s with %j', (command, values, expected) => {
    expect(fillIn(command, values)).toBe(expected);
  });
});

describe('commands', () => {
  const run = (command: string, timeoutMs = 5000) =>
    runCommand(command, { purpose: 'hook kill-node for om1', cwd: tmpdir(), timeoutMs });

  test('a good one', async () => {
    await run('test "$(pwd -P)" = "$(cd "$PWD" && pwd -P)"');
  });

  test.each<[string, RegExp]>([
    [
      'echo no such node >&2; exit 3',
      /^hook kill-node for om1: `echo no such .*` ended with exit code 3, after it had printed: no such node$/,
    ],
    ['exit 4', /ended with exit code 4$/],
    ['kill -TERM $$', /ended with SIGTERM/],
    ["printf '\\033[31mred'; exit 1", /printed: \[31mred$/],
  ])('%s', async (command, message) => {
    await expect(run(command)).rejects.toThrow(message);
  });

  test('one that takes too long is ended with everything it started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
    try {
      await expect(run(`sleep 60 & echo $! > ${folder}/pid; echo waiting; wait`, 300)).rejects.toThrow(
        /did not end within 300 ms, after it had printed: waiting/,
      );
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      const endsAt = Date.now() + 3000;
      const alive = () => {
        try {
          return !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
        } catch {
          return false;
        }
      };
      while (alive() && Date.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(alive()).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('one that leaves something in the background is done when it is done', async () => {
    const started = performance.now();
    await run('sleep 5 & echo started');
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
