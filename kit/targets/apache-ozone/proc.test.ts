import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { argumentsOf, hasEnded, parseStat, statOf } from './proc.js';

describe('/proc/<pid>/stat', () => {
  test.each([
    ['4711 (java) S 1 4711 4711 0 -1 4194560', 'S'],
    ['4711 (a) b (c)) Z 1 4711', 'Z'],
    ['4711 (x) T 1', 'T'],
  ])('%j is in state %s', (text, state) => {
    expect(parseStat(text)).toEqual({ state });
  });

  test.each(['', '4711', '4711 (java)', '4711 (java) ', 'rubbish) 17 2'])('%j is not one', (text) => {
    expect(parseStat(text)).toBeUndefined();
  });
});

describe('a process', () => {
  test('of ours is seen with its command line', () => {
    expect(statOf(process.pid)?.state).toMatch(/[RS]/);
    expect(argumentsOf(process.pid)?.length).toBeGreaterThan(0);
    expect(hasEnded(process.pid)).toBe(false);
  });

  test('that was never there has ended', () => {
    expect(statOf(2 ** 30)).toBeUndefined();
    expect(argumentsOf(2 ** 30)).toBeUndefined();
    expect(hasEnded(2 ** 30)).toBe(true);
  });

  test('that nobody asks for after its death has ended although signals still reach it', async () => {
    // The shell starts a child, then becomes `sleep`, which never asks for the child.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const zombie = Number(line.toString().trim());
      while (statOf(zombie)?.state !== 'Z') await new Promise((resolve) => setTimeout(resolve, 10));
      expect(process.kill(zombie, 0)).toBe(true);
      expect(argumentsOf(zombie)).toEqual([]);
      expect(hasEnded(zombie)).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
