/**
 * Faults against consensus and its host contract: no run may break a rule, and hosts that break the contract are caught.
 * RAFT_SIMULATION_SEEDS=200 makes it longer; main.ts runs any number from the command line.
 */
import { describe, expect, test } from 'vitest';
import { RaftCore } from '../../consensus/core/raft-core.js';
import type { ViolationKind } from './checks.js';
import type { Rates } from './rates.js';
import { Run, type RunOptions, type RunResult } from './run.js';
import type { HostBug } from './surroundings.js';

const SEEDS = Number(process.env.RAFT_SIMULATION_SEEDS ?? 6);

const core = new RaftCore();
const execute = (options: RunOptions): RunResult => new Run({ core: () => core, ...options }).execute();

describe('whatever fails', () => {
  test(
    `nothing is broken in ${SEEDS} mixtures of faults`,
    () => {
      const totals = new Map<string, number>();
      for (let seed = 1; seed <= SEEDS; seed++) {
        const { violations, counts } = execute({ seed, steps: 1200 });
        expect(violations, `seed ${seed}`).toEqual([]);
        for (const [name, count] of Object.entries(counts)) {
          totals.set(name, (totals.get(name) ?? 0) + count);
        }
      }
      // The runs were about something.
      for (const name of [
        'applied',
        'lost',
        'crashes',
        'storms',
        'snapshotsInstalled',
        'reads',
        'membershipChanges',
        'readmissions',
      ]) {
        expect(totals.get(name), name).toBeGreaterThan(0);
      }
    },
    20_000 + SEEDS * 5_000,
  );
});

describe('equal seeds give equal runs', () => {
  const options: RunOptions = { seed: 5, steps: 700, groups: 2 };
  const { trace } = new Run(options).execute();

  test('in a core that has done other things before', () => {
    expect(execute(options).trace).toBe(trace);
  });

  test('with a core for each node, and another seed for the Go runtime', () => {
    expect(new Run({ ...options, core: (node) => new RaftCore({ seed: 100 + node }) }).execute().trace).toBe(trace);
  });

  test('and other seeds other runs', () => {
    expect(execute({ ...options, seed: 6 }).trace).not.toBe(trace);
  });
});

describe('a host that breaks the contract is caught', () => {
  /** Much of what brings this kind of mistake to light. */
  const restarts: Partial<Rates> = {
    storm: 0.03,
    crashAfterVote: 0.8,
    delaySteps: 15,
    syncSteps: 1,
    drop: 0.02,
    membership: 0,
    erase: 0,
  };
  const crashes: Partial<Rates> = {
    crashAfterAnswer: 0.05,
    storm: 0.01,
    syncSteps: 10,
    propose: 1,
    membership: 0,
    erase: 0,
  };
  const cases: readonly (readonly [HostBug, Partial<Rates>, readonly ViolationKind[]])[] = [
    ['forgets-vote', restarts, ['two-leaders']],
    ['forgets-entries', crashes, ['leader-incomplete', 'committed-changed']],
    ['answers-before-write', crashes, ['leader-incomplete', 'committed-changed', 'panic']],
    ['reports-before-write', crashes, ['not-stored']],
    ['keeps-identity', { ...crashes, erase: 0.02 }, ['voted-twice', 'panic', 'leader-incomplete', 'two-leaders']],
  ];

  test.each(cases)('%s', (bug, rates, consequences) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { violations } = execute({ seed, steps: 1000, rates, bug });
      if (violations.some(({ kind }) => consequences.includes(kind))) {
        return;
      }
    }
    throw new Error(`20 seeds did not show ${consequences.join(' or ')}`);
  });

  test('and the same faults break nothing with a host that keeps it', () => {
    for (const rates of [restarts, crashes]) {
      expect(execute({ seed: 1, steps: 1000, rates }).violations).toEqual([]);
    }
  });
});
