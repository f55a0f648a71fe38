import { describe, expect, it } from 'vitest';
import type { FailureRecord } from '../verdict/failure-record.js';
import type { RunVerdict } from '../verdict/judge.js';
import type { ScenarioResult } from '../verdict/results.js';
import type { RuleStatus } from '../verdict/verdict.js';
import { faults, noticed, onlyUndecided, verifiedRules } from './cluster-run.js';

type Read = Pick<RunVerdict, 'profiles' | 'results' | 'problems'>;

function verdict(rules: Record<string, RuleStatus>, more: Partial<Read> = {}): Read {
  const outcomes = Object.entries(rules).map(([id, status]) => ({ rule: { id }, status }));
  return { profiles: [{ rules: outcomes }], results: [], problems: [], ...more } as unknown as Read;
}

const result = (rule: string, change: Partial<ScenarioResult>) =>
  ({ rule, name: 'n', status: 'passed', ...change }) as ScenarioResult;
const failed = (rule: string, assertion: string) =>
  result(rule, { status: 'failed', blame: 'implementation', failure: { assertion } as FailureRecord });

describe('faults of the unchanged code', () => {
  it('are none where its rules were verified, and others left out', () => {
    const run = verdict(
      { 'W-1': 'verified', 'W-2': 'not-verified' },
      { results: [result('W-1', {}), result('W-1', { status: 'not-verified' })] },
    );
    expect(verifiedRules(run)).toEqual(['W-1']);
    expect(faults(run, ['W-1'])).toEqual([]);
  });
  it.each<[string, Read, RegExp]>([
    ['a rule without a passed scenario', verdict({ 'W-1': 'not-verified' }), /W-1 was not verified/],
    ['a problem of the run', verdict({ 'W-1': 'verified' }, problem('X', 'm')), /X: m/],
    ['a failure', verdict({ 'W-1': 'verified' }, { results: [failed('W-9', 'a')] }), /W-9 "n" ended failed/],
    [
      'a scenario that is undecided',
      verdict({ 'W-1': 'verified' }, { results: [result('W-1', { status: 'unknown', why: 'moved' })] }),
      /ended unknown: moved/,
    ],
  ])('are %s', (_, run, expected) => {
    expect(faults(run, ['W-1']).join()).toMatch(expected);
  });
});

describe('onlyUndecided', () => {
  const unclear = result('W-1', { status: 'unknown' });
  const half: Record<string, RuleStatus> = { 'W-1': 'not-verified', 'W-2': 'verified' };
  it.each<[string, Read, boolean]>([
    ['nothing was undecided', verdict({ 'W-1': 'verified', 'W-2': 'verified' }), false],
    ['a rule was', verdict(half, { results: [unclear, result('W-2', {})] }), true],
    [
      'another was not verified',
      verdict({ 'W-1': 'not-verified', 'W-2': 'not-verified' }, { results: [unclear] }),
      false,
    ],
    ['something failed besides', verdict(half, { results: [unclear, failed('W-2', 'a')] }), false],
    ['the run itself went wrong', verdict(half, { results: [unclear], ...problem('X', 'm') }), false],
  ])('where %s', (_, run, expected) => {
    expect(onlyUndecided(run, ['W-1', 'W-2'])).toBe(expected);
  });
});

describe('noticed', () => {
  it('counts failed assertions by rule, in the order of the rules', () => {
    const results = [
      failed('NS-VOL-10', 'a'),
      failed('NS-VOL-2', 'b'),
      failed('NS-VOL-2', 'b'),
      failed('NS-VOL-2', 'a'),
      result('W-1', { status: 'failed', blame: 'environment' }),
      result('W-1', {}),
    ];
    expect(noticed({ results })).toEqual([
      { rule: 'NS-VOL-2', assertion: 'b', scenarios: 2 },
      { rule: 'NS-VOL-2', assertion: 'a', scenarios: 1 },
      { rule: 'NS-VOL-10', assertion: 'a', scenarios: 1 },
    ]);
  });
});

function problem(code: string, message: string): Partial<Read> {
  return { problems: [{ code, message, blame: 'environment' }] };
}
