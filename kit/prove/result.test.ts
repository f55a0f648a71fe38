import { describe, expect, it } from 'vitest';
import {
  exitOf,
  type MutantRecord,
  mutantLine,
  type NullOmRecord,
  nullOmLine,
  type ReferenceRecord,
  referenceLine,
  summary,
} from './result.js';

const reference: ReferenceRecord = {
  how: 'three processes',
  passed: true,
  undecided: false,
  scenarios: 8,
  why: [],
  durationMs: 1000,
};
const undecided: ReferenceRecord = { ...reference, passed: false, undecided: true, why: ['W-1 "n" ended unknown'] };
const killed: MutantRecord = {
  id: 'm-1',
  kind: 'policy',
  wrong: 'x',
  outcome: { kind: 'killed', by: ['W-1 answer-command: "a"'] },
  noticed: [],
  durationMs: 2000,
};
const alive: MutantRecord = { ...killed, id: 'm-2', outcome: { kind: 'alive', why: ['W-1: survived'] } };
const nothing: NullOmRecord = {
  id: 'hang',
  wrong: 'x',
  passed: [],
  passedScenarios: [],
  ran: 9,
  why: [],
  durationMs: 1000,
};

describe('exitOf', () => {
  const good = { references: [reference], mutants: [killed], nullOms: [nothing] };
  it.each<[string, Partial<typeof good>, 0 | 1 | 2]>([
    ['all is as it should be', {}, 0],
    ['nothing but null OMs was asked for', { references: [], mutants: [] }, 0],
    ['a mutant is alive', { mutants: [killed, alive] }, 1],
    ['the unchanged code failed', { references: [{ ...reference, passed: false }] }, 1],
    ['the unchanged code left something undecided', { references: [reference, undecided] }, 2],
    ['and a mutant is alive', { references: [undecided], mutants: [alive] }, 1],
    ['and failed besides', { references: [undecided, { ...reference, passed: false }] }, 1],
    ['a null OM passed a rule', { nullOms: [{ ...nothing, passed: ['HA-3'] }] }, 1],
    ['a null OM could not be run', { nullOms: [{ ...nothing, why: ['no port'] }] }, 1],
    ['nothing was run', { references: [], mutants: [], nullOms: [] }, 1],
  ])('when %s', (_, change, exit) => {
    expect(exitOf({ ...good, ...change })).toBe(exit);
  });
  it('takes scenarios that a null OM passes, as long as it passes no rule', () => {
    expect(exitOf({ ...good, nullOms: [{ ...nothing, passedScenarios: ['W-1 "a"'] }] })).toBe(0);
  });
});

describe('lines', () => {
  it('say what became of each, and why', () => {
    expect(referenceLine(reference)).toBe('unchanged, three processes: passed, 8 scenarios (1.0 s)');
    expect(referenceLine({ ...reference, passed: false, why: ['W-1 was not verified'] })).toContain(
      'FAILED, 8 scenarios (1.0 s)\n          W-1 was not verified',
    );
    expect(referenceLine(undecided)).toContain('UNDECIDED, 8 scenarios (1.0 s)\n          W-1');
    expect(mutantLine(killed)).toBe('killed  m-1 (2.0 s)\n          by W-1 answer-command: "a"');
    expect(mutantLine(alive)).toBe('ALIVE   m-2 (2.0 s)\n          W-1: survived');
    expect(nullOmLine(nothing)).toBe('null OM hang: passes 0 rules, 0 of 9 scenarios (1.0 s)');
    expect(nullOmLine({ ...nothing, passed: ['HA-3'] })).toContain('NULL OM hang: passes 1 rules');
  });
  it('sum up', () => {
    const result = { format: 1, seed: 's', full: false, durationMs: 3000 } as const;
    expect(summary({ ...result, references: [reference], mutants: [killed, alive], nullOms: [nothing] })).toBe(
      '1 killed, 1 alive; null OMs: 1 pass nothing; 3.0 s',
    );
    expect(summary({ ...result, references: [undecided], mutants: [], nullOms: [] })).toBe(
      'the unchanged code is UNDECIDED; 0 killed, 0 alive; null OMs: not run; 3.0 s',
    );
    const worse = { references: [{ ...reference, passed: false }], nullOms: [{ ...nothing, passed: ['HA-3'] }] };
    expect(summary({ ...result, ...worse, mutants: [] })).toBe(
      'the unchanged code FAILED; 0 killed, 0 alive; null OMs: hang WRONGLY TRUSTED; 3.0 s',
    );
    expect(summary({ ...result, references: [], mutants: [killed], nullOms: [] })).toContain('null OMs: not run');
  });
});
