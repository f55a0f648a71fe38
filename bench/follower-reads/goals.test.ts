import { describe, expect, it } from 'vitest';
import type { BurstRow } from './bursts.js';
import {
  ALIGNED,
  ALIGNED_AT_LEADER,
  ECHO,
  type Found,
  goalsOf,
  goalText,
  INDEPENDENT,
  isMet,
  MSYNC,
  PLAIN_AT_LEADER,
} from './goals.js';
import { idleResult } from './idle.js';

const row = (operation: string, clients: number, perSecond: number, p99Ms = 1) => ({
  ...{ operation, clients, perSecondOfRounds: [perSecond], p99Ms },
});
const burst = (what: BurstRow['what'], calls: number, firstMs: number, lastMs: number): BurstRow => ({
  ...{ what, calls, firstMs, lastMs, generatorMs: 1, lastMsOfRounds: [lastMs] },
});
const MET: Found = {
  rows: [
    row(ALIGNED, 64, 90),
    row(INDEPENDENT, 64, 100),
    row(ALIGNED_AT_LEADER, 1, 100),
    row(PLAIN_AT_LEADER, 1, 110),
    row(ALIGNED_AT_LEADER, 64, 100),
    row(PLAIN_AT_LEADER, 64, 110),
    row(MSYNC, 4, 50, 20),
    row(ECHO, 4, 60, 10),
  ],
  bursts: [burst('one waiting read', 1, 9, 9), burst('waiting reads', 1000, 50, 400), burst('echoes', 1000, 99, 999)],
  idle: idleResult(1000, [
    { withoutCores: 0.02, withCores: 0.03 },
    { withoutCores: 0.5, withCores: 0.1 },
    { withoutCores: 0.01, withCores: 0.9 },
  ]),
};
const missed = (found: Found) =>
  goalsOf(found)
    .filter((goal) => !isMet(goal))
    .map(({ text }) => text);
/** `MET` with another row in place of one of the same operation and clients. */
const withRow = (other: Found['rows'][number]): Found => ({
  ...MET,
  rows: MET.rows.map((one) => (one.operation === other.operation && one.clients === other.clients ? other : one)),
});

describe('the goals of follower reads', () => {
  it('are met at their limits', () => {
    expect(missed(MET)).toEqual([]);
  });
  it.each<[string, Found, string]>([
    [
      'a late first answer',
      { ...MET, bursts: [burst('waiting reads', 1000, 51, 60)] },
      'first of 1000 waiting reads, ms',
    ],
    [
      'a late last answer',
      { ...MET, bursts: [burst('waiting reads', 1000, 9, 401)] },
      'last of 1000 waiting reads, ms',
    ],
    ['waiters that cost', { ...MET, idle: { ...MET.idle, moreCores: 0.0101 } }, 'cores that 1000 idle waiters take'],
    ['few aligned reads', withRow(row(ALIGNED, 64, 89)), 'aligned to independent reads at 64 clients'],
    [
      'slow aligned reads of one client',
      withRow(row(ALIGNED_AT_LEADER, 1, 99)),
      "time of an aligned read to a plain one's at the leader, 1 clients",
    ],
    [
      'slow aligned reads of many',
      withRow(row(ALIGNED_AT_LEADER, 64, 99)),
      "time of an aligned read to a plain one's at the leader, 64 clients",
    ],
    ['slow msyncs', withRow(row(MSYNC, 4, 99, 20.1)), "p99 of Msync to an EchoRPC read's under writes"],
  ])('are missed by %s', (_title, found, text) => {
    expect(missed(found)).toEqual([text]);
  });
  it('are missed where nothing was measured', () => {
    const nothing = { rows: [], bursts: [], idle: idleResult(1000, []) };
    expect(missed(nothing)).toEqual(goalsOf(nothing).map(({ text }) => text));
  });
  it('say what was found, what is allowed, and whether it was', () => {
    expect(goalsOf(MET).map(goalText).slice(0, 4)).toEqual([
      'first of 1000 waiting reads, ms: 50.000 (at most 50: met)',
      'last of 1000 waiting reads, ms: 400.000 (at most 400: met)',
      'cores that 1000 idle waiters take: 0.010 (at most 0.01: met)',
      'aligned to independent reads at 64 clients: 0.900 (at least 0.9: met)',
    ]);
    expect(goalText({ text: 'x', found: 2.5, most: 2 })).toBe('x: 2.500 (at most 2: missed)');
  });
});

describe('idle waiters', () => {
  it('take the median of the differences, not the difference of the medians', () => {
    expect(MET.idle).toEqual({
      readers: 1000,
      withoutCores: 0.02,
      withCores: 0.1,
      moreCores: expect.closeTo(0.01),
      moreCoresOfRounds: [expect.closeTo(0.01), expect.closeTo(-0.4), expect.closeTo(0.89)],
    });
  });
});
