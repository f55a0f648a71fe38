import { describe, expect, it } from 'vitest';
import { CpuPerCall, coresOf, cpuMsOf } from './cpu-time.js';

const fields = (name: string) =>
  `4242 (${name}) S 1 4242 4242 0 -1 4194304 9 8 7 6 150 25 3 4 20 0 11 0 123456 987654 321 18446744073709551615`;

describe('the CPU time of a process', () => {
  it.each(['node', 'a program', ') S 1 2 (', '((x'])('is its user and system time, called %j', (name) => {
    expect(cpuMsOf(fields(name))).toBe(1750);
  });
  it.each(['', 'no such process', '1 (cut off) S 1 2'])('is not read from %j', (text) => {
    expect(() => cpuMsOf(text)).toThrow('not the text of /proc/PID/stat');
  });
  it('counts while the process works', async () => {
    const watched = coresOf(process.pid, 200);
    const endsAtMs = performance.now() + 150;
    while (performance.now() < endsAtMs);
    expect(await watched).toBeGreaterThan(0.1);
  });
});

describe('the CPU time of a call', () => {
  it('is that of all turns by all their calls, by what was called', () => {
    const cpu = new CpuPerCall();
    for (const [ms, calls] of [
      [10, 100],
      [0, 100],
      [20, 100],
    ] as const) {
      cpu.add('read', 64, ms, calls);
    }
    cpu.add('read', 1, 30, 10);
    cpu.add('write', 64, 1, 1);
    expect(cpu.rows()).toEqual([
      { operation: 'read', clients: 64, microsPerCall: 100 },
      { operation: 'read', clients: 1, microsPerCall: 3000 },
      { operation: 'write', clients: 64, microsPerCall: 1000 },
    ]);
  });
});
