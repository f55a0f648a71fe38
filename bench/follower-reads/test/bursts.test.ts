import { describe, expect, it } from 'vitest';
import { answer, type Script, serve } from '../../../kit/wire/test/scripted-server.js';
import type { Operation } from '../../caller.js';
import { Bursts, CONNECTIONS, type Held, OpenCalls } from '../bursts.js';

const operation = (address: string): Operation => ({
  name: 'read',
  address,
  path: '/test/call',
  metadata: { 'om-state-id': 'main:7' },
  request: (n) => Buffer.from(`call ${n}`),
  fault: (said) => (said.toString() === 'good' ? undefined : `said ${said}`),
});

async function burst(calls: number, script: Script, held?: Held) {
  const server = await serve(script);
  const open = new OpenCalls(server.address);
  try {
    return { burst: await open.burst(operation(server.address), calls, held), arrived: server.arrived };
  } finally {
    open.close();
    await server.close();
  }
}

const good: Script = (stream) => answer(stream, Buffer.from('good'));

describe('a burst', () => {
  it('is sent at once, over several connections, each call with its metadata', async () => {
    const { burst: times, arrived } = await burst(40, good);
    expect(new Set(arrived.map(({ message }) => message.toString())).size).toBe(40);
    expect(new Set(arrived.map(({ connection }) => connection)).size).toBe(CONNECTIONS);
    expect(new Set(arrived.map(({ headers }) => headers['om-state-id']))).toEqual(new Set(['main:7']));
    expect(times.firstMs).toBeGreaterThan(0);
    expect(times.lastMs).toBeGreaterThanOrEqual(times.firstMs);
  });
  it('is timed from when those who hold it are asked to let go', async () => {
    const waiting: (() => void)[] = [];
    let heldAt = 0;
    const { burst: times } = await burst(
      20,
      (stream) => {
        waiting.push(() => answer(stream, Buffer.from('good')));
        if (waiting.length === 20) heldAt = performance.now();
      },
      {
        untilHeld: async () => {
          while (heldAt === 0 || performance.now() < heldAt + 100)
            await new Promise((resolve) => setImmediate(resolve));
        },
        letGo: async () => {
          for (const release of waiting) release();
        },
      },
    );
    const sinceHeld = performance.now() - heldAt;
    expect(sinceHeld).toBeGreaterThan(100);
    expect(times.lastMs).toBeLessThan(sinceHeld - 90);
  });
  it('is none where nothing held the calls', async () => {
    const notHeld = {
      untilHeld: () => new Promise<void>((resolve) => setTimeout(resolve, 200)),
      letGo: async () => {},
    };
    await expect(burst(2, good, notHeld)).rejects.toThrow('read waits for nothing');
  });
  it('is none where one call got another answer', async () => {
    const bad: Script = (stream, { message }) =>
      answer(stream, Buffer.from(message.toString() === 'call 3' ? 'bad' : 'good'));
    await expect(burst(5, bad)).rejects.toThrow('read: said bad');
  });
});

describe('bursts', () => {
  it('are medians over the rounds, by what was called and how often', () => {
    const bursts = new Bursts();
    const said = [3, 1, 2].map((n) =>
      bursts.note('echoes', 1000, { firstMs: n, lastMs: 10 * n, generatorMs: 100 * n }),
    );
    bursts.note('waiting reads', 1000, { firstMs: 7, lastMs: 8, generatorMs: 9 });
    expect(said[0]).toBe('echoes, 1000: first 3.0 ms, last 30.0 ms, generator 300 ms of CPU');
    expect(bursts.rows()).toEqual([
      { what: 'echoes', calls: 1000, firstMs: 2, lastMs: 20, generatorMs: 200, lastMsOfRounds: [30, 10, 20] },
      { what: 'waiting reads', calls: 1000, firstMs: 7, lastMs: 8, generatorMs: 9, lastMsOfRounds: [8] },
    ]);
  });
});
