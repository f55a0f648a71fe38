import { describe, expect, it } from 'vitest';
import { answer, serve } from '../../kit/wire/test/scripted-server.js';
import type { Operation } from '../caller.js';
import { drive, type Load } from '../generator.js';

/** Numbers of the calls that were made, in the order of their arrival, and of what followed them. */
async function numbers(load: Partial<Load>): Promise<{ readonly called: number[]; readonly followed: number[] }> {
  const server = await serve((stream, { message }) => answer(stream, message));
  const followed: number[] = [];
  const operation: Operation = {
    name: 'count',
    address: server.address,
    path: '/test/call',
    request: (n) => Buffer.from(`call ${n}`),
    follow: (said, n) => {
      expect(said.toString()).toBe(`call ${n}`);
      followed.push(n);
      return Buffer.from(`then ${n}`);
    },
    fault: () => undefined,
  };
  try {
    const { operations, errors } = await drive(operation, {
      clients: 3,
      warmUpMs: 0,
      measureMs: 0,
      calls: 10,
      ...load,
    });
    expect([operations, errors]).toEqual([10, 0]);
  } finally {
    await server.close();
  }
  const called = server.arrived
    .flatMap(({ message }) => /^call (\d+)$/.exec(message.toString())?.[1] ?? [])
    .map(Number);
  return { called, followed };
}

const ascending = (list: readonly number[]) => [...list].sort((one, other) => one - other);

describe('the numbers of calls', () => {
  it('go on from where the load says, each once, also in what follows', async () => {
    const { called, followed } = await numbers({ first: 100 });
    const expected = Array.from({ length: 10 }, (_, index) => 100 + index);
    expect(ascending(called)).toEqual(expected);
    expect(ascending(followed)).toEqual(expected);
  });
  it('are otherwise never those of calls before', async () => {
    const [one, other] = [await numbers({}), await numbers({})];
    expect(new Set([...one.called, ...other.called]).size).toBe(20);
  });
});
