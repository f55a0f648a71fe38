import { describe, expect, it } from 'vitest';
import { answered, notLeader } from '../assert/test/outcomes.js';
import type { ControlClient } from '../control/control.js';
import { readUntil, underLease } from './lease.js';
import { requestOf } from './operation.js';
import { scriptedRun } from './test/scripted.js';
import { readUntilItStepsDown } from './until-it-steps-down.js';

const READ = { kind: 'read-volume', volume: 'v' } as const;
const NODES = { node: 'om2', leader: 'om1' };
const NO_LIMIT = 2n ** 64n - 1n;

/** A run whose follower has applied less than is committed, and comes to know of it at its third look. */
function behind() {
  const { run } = scriptedRun(() => notLeader());
  let looks = 0;
  const status = async (node: string) => {
    looks += node === 'om2' ? 1 : 0;
    const commitIndex = node === 'om1' || looks > 2 ? 9n : 7n;
    return [{ group: 'main', commitIndex, appliedIndex: 5n }];
  };
  return { ...run, control: { status } as unknown as ControlClient };
}

describe('underLease', () => {
  it.each([
    [{}, undefined],
    [
      { entries: -1n, ms: -1n },
      { logLimit: NO_LIMIT, leaseTimeMs: NO_LIMIT },
    ],
    [{ entries: 0n }, { logLimit: 0n }],
    [
      { entries: 3n, ms: 20n },
      { logLimit: 3n, leaseTimeMs: 20n },
    ],
    [{ entries: 'lag' }, { logLimit: 4n }],
    [
      { entries: 'lag-1', ms: -1n },
      { logLimit: 3n, leaseTimeMs: NO_LIMIT },
    ],
  ] as const)('%o', async (lease, context) => {
    const { readConsistencyHint } = await underLease(behind(), READ, lease, NODES);
    expect(readConsistencyHint?.localLeaseContext).toEqual(context);
    expect(readConsistencyHint?.readConsistency).toBe(4);
  });
  it('blames the environment where the node is not behind, or does not come to know that it is', async () => {
    const run = behind();
    const even = { status: async () => [{ group: 'main', commitIndex: 5n, appliedIndex: 5n }] };
    const asked = (control: object) =>
      underLease({ ...run, control: control as ControlClient }, READ, { entries: 'lag' }, NODES);
    await expect(asked(even)).rejects.toThrow(/applied all/);
    const never = {
      status: async (id: string) => [{ group: 'main', commitIndex: id === 'om1' ? 9n : 7n, appliedIndex: 5n }],
    };
    await expect(asked(never)).rejects.toThrow(/does not come to know/);
  });
});

describe('readUntil', () => {
  it('asks until it is refused, and gives up in the end', async () => {
    const { run, calls } = scriptedRun((_, number) => (number < 3 ? answered('OK') : notLeader()));
    expect((await readUntil(run, 'om2', requestOf(READ), 'refused')).kind).toBe('refused');
    expect(calls).toHaveLength(3);
    expect((await readUntil(run, 'om2', requestOf(READ), 'answered')).kind).toBe('refused');
  });
});

describe('readUntilItStepsDown', () => {
  const request = requestOf(READ);
  const siege = { node: 'om1', request, hint: 'LINEARIZABLE_LEADER_ONLY', clients: 2 } as const;
  it('reads from the first moment until a plain read is refused, and once more', async () => {
    let plain = 0;
    const { run, calls } = scriptedRun(({ options }) => {
      if (options?.hint !== 'DEFAULT') return answered('VOLUME_NOT_FOUND');
      plain += 1;
      return plain < 3 ? answered('OK') : notLeader();
    });
    const outcomes = await readUntilItStepsDown(run, siege);
    expect(outcomes.length).toBeGreaterThanOrEqual(4);
    expect(outcomes.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(calls.filter(({ options }) => options?.hint === 'DEFAULT')).toHaveLength(3);
  });
  it('ends where plain reads go on being answered', async () => {
    const { run } = scriptedRun(({ options }) => (options?.hint === 'DEFAULT' ? answered('OK') : notLeader()));
    expect((await readUntilItStepsDown(run, siege)).every(({ kind }) => kind === 'refused')).toBe(true);
  });
});
