import { describe, expect, it } from 'vitest';
import { besideEchoes } from './at-once.js';
import { ok, scriptedRun } from './test/scripted.js';

describe('besideEchoes', () => {
  it('answers the echoes of each node, also one that was still under way in the end', async () => {
    let end = () => {};
    const slow = new Promise<void>((resolve) => {
      end = resolve;
    });
    let nowMs = 0;
    const { run, calls } = scriptedRun(async ({ node }) => {
      if (node !== 'om3') return ok;
      await slow;
      return ok;
    });
    const { client } = run;
    const timed: typeof client = {
      call: async (...call) => {
        const sentAtMs = nowMs;
        return { ...(await client.call(...call)), sentAtMs, endedAtMs: nowMs };
      },
    };
    const echoes = await besideEchoes({ ...run, client: timed }, ['om2', 'om3'], async () => {
      nowMs = 70;
      end();
    });
    const times = echoes.map(({ node, sentAtMs, endedAtMs }) => [node, sentAtMs, endedAtMs]);
    expect(times).toContainEqual(['om3', 0, 70]);
    expect([...new Set(calls.map(({ node }) => node))]).toEqual(['om2', 'om3']);
    expect(calls.every(({ command, options }) => command === 'EchoRPC' && options?.connection === 'beside')).toBe(true);
  });
  it('ends its echoes where what is done fails', async () => {
    const { run, calls } = scriptedRun(() => ok);
    await expect(besideEchoes(run, ['om2'], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const asked = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls.length).toBe(asked);
  });
});
