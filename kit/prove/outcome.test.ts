import { describe, expect, it } from 'vitest';
import type { ScenarioEnd } from '../run/observer.js';
import type { FailureRecord } from '../verdict/failure-record.js';
import type { ScenarioResult } from '../verdict/results.js';
import type { ClusterMutant } from './mutant.js';
import { killsSeen, outcomeOf } from './outcome.js';

const mutant: ClusterMutant = { kind: 'policy', id: 'm', wrong: 'x', breaks: { 'RC-1': 'refused' } };

const kill: FailureRecord = {
  status: 'failed',
  blame: 'implementation',
  keyword: 'Then',
  step: 'it is refused',
  message: 'expected a refusal',
  assertion: 'refused',
  calls: [],
};

function scenario(change: Partial<ScenarioResult>): ScenarioResult {
  return {
    uri: 'a.feature',
    line: 1,
    name: 'a read at a follower',
    rule: 'RC-1',
    stage: 'plain',
    status: 'failed',
    blame: 'implementation',
    why: undefined,
    failure: kill,
    transcript: [],
    steps: [],
    durationMs: 1,
    ...change,
  };
}

describe('outcomeOf', () => {
  it('counts a failure of the named assertion at a Then as a kill', () => {
    const other = scenario({ rule: 'W-1', failure: { ...kill, assertion: 'elsewhere' } });
    expect(outcomeOf(mutant, { results: [other, scenario({})], problems: [] })).toEqual({
      kind: 'killed',
      by: ['RC-1 refused: "a read at a follower"'],
    });
  });

  it.each([
    ['passed', scenario({ status: 'passed', blame: undefined, failure: undefined }), /survived/],
    ['another assertion', scenario({ failure: { ...kill, assertion: 'elsewhere' } }), /expected refused/],
    ['a Given', scenario({ failure: { ...kill, keyword: 'Given' } }), /Given/],
    ['the environment', scenario({ status: 'broken', blame: 'environment' }), /blame environment/],
    ['the kit', scenario({ status: 'broken', blame: 'harness' }), /blame harness/],
    ['an undecided checker', scenario({ status: 'unknown', blame: undefined }), /ended unknown/],
    ['another rule', scenario({ rule: 'W-1' }), /no scenario ran/],
  ])('does not count %s', (_what, result, why) => {
    const outcome = outcomeOf(mutant, { results: [result], problems: [] });
    expect(outcome.kind).toBe('alive');
    expect(outcome.kind === 'alive' && outcome.why.join()).toMatch(why);
  });

  it('does not count a kill in a run that went wrong', () => {
    const outcome = outcomeOf(mutant, {
      results: [scenario({})],
      problems: [{ code: 'X', message: 'a node died', blame: 'environment' }],
    });
    expect(outcome).toEqual({ kind: 'alive', why: ['the run itself went wrong: a node died'] });
  });
});

describe('killsSeen', () => {
  const end = (rule: string, failure: FailureRecord | undefined): ScenarioEnd =>
    ({ planned: { rule }, status: failure === undefined ? 'passed' : 'failed', failure }) as ScenarioEnd;
  it('is true from the last kill on that the mutant names, and at none but those', () => {
    const seen = killsSeen({ ...mutant, breaks: { 'RC-1': 'refused', 'W-1': 'answered' } });
    expect(seen(end('RC-1', undefined))).toBe(false);
    expect(seen(end('RC-1', { ...kill, assertion: 'answered' }))).toBe(false);
    expect(seen(end('W-1', { ...kill, keyword: 'Given', assertion: 'answered' }))).toBe(false);
    expect(seen(end('W-1', { ...kill, assertion: 'answered' }))).toBe(false);
    expect(seen(end('RC-1', { ...kill, blame: 'environment' }))).toBe(false);
    expect(seen(end('RC-1', kill))).toBe(true);
  });
});
